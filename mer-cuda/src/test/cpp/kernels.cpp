#include "kernels.h"

#include "module_sm80.cu"
#include "module_sm80_pooling.cu"
#include "module_sm90.cu"
#include "module_sm90_pooling.cu"

#include <utility>

namespace emulation {

namespace {

template <class... Types, size_t... I>
void call(void (*kernel)(Types...), void **parameters, std::index_sequence<I...>) {
  kernel(*static_cast<std::remove_const_t<Types> *>(parameters[I])...);
}

template <class... Types>
void call(void (*kernel)(Types...), void **parameters) {
  call(kernel, parameters, std::index_sequence_for<Types...>());
}

#define KERNEL(name, threads, cluster) \
  { #name, threads, cluster, [](void **parameters) { call(name, parameters); } }

constexpr Kernel KERNELS[] = {
    KERNEL(mer_gather, 256, 1),
    KERNEL(mer_pack, 256, 1),
    KERNEL(mer_project, 256, 1),
    KERNEL(mer_project_tf32, 256, 1),
    KERNEL(mer_project_3xtf32, 256, 1),
    KERNEL(mer_project_bf16, 256, 1),
    KERNEL(mer_forward_h64, 512, 1),
    KERNEL(mer_forward_h128, 512, 1),
    KERNEL(mer_forward_h256, 256, 1),
    KERNEL(mer_backward_h64, 512, 1),
    KERNEL(mer_backward_h128, 512, 1),
    KERNEL(mer_backward_h256, 256, 1),
    KERNEL(mer_pooled_backward_h64, 512, 1),
    KERNEL(mer_pooled_backward_h128, 512, 1),
    KERNEL(mer_pooled_backward_h256, 256, 1),
    KERNEL(mer_cluster_forward_h128, 512, 2),
    KERNEL(mer_cluster_forward_h256, 256, 8),
    KERNEL(mer_cluster_backward_h128, 512, 2),
    KERNEL(mer_cluster_backward_h256, 256, 8),
    KERNEL(mer_cluster_pooled_backward_h128, 512, 2),
    KERNEL(mer_cluster_pooled_backward_h256, 256, 8),
    KERNEL(mer_pool, 512, 1),
    KERNEL(mer_pool_gradients, 512, 1),
    KERNEL(mer_pool_vector_gradients, 512, 1),
    KERNEL(mer_head_keys, 256, 1),
    KERNEL(mer_head_join, 256, 1),
    KERNEL(mer_head_hidden, 256, 1),
    KERNEL(mer_head_loss, 256, 1),
    KERNEL(mer_head_join_gradients, 256, 1),
    KERNEL(mer_head_state_gradients, 256, 1),
    KERNEL(mer_head_gradients, 256, 1),
    KERNEL(mer_weight_gradients, 256, 1),
    KERNEL(mer_weight_gradients_tf32, 256, 1),
    KERNEL(mer_weight_gradients_3xtf32, 256, 1),
    KERNEL(mer_weight_gradients_bf16, 256, 1),
    KERNEL(mer_add_slices, 256, 1),
    KERNEL(mer_square_sums, 256, 1),
    KERNEL(mer_clip, 32, 1),
    KERNEL(mer_adamw, 256, 1),
};

}  // namespace

const Kernel *kernel(const char *name) {
  for (const Kernel &kernel : KERNELS)
    if (strcmp(kernel.name, name) == 0) return &kernel;
  return nullptr;
}

}  // namespace emulation
