/* What every GPU from compute capability 8.0 on runs. */
#include "adamw.cu"
#include "add_slices.cu"
#include "backward.cu"
#include "clip.cu"
#include "forward.cu"
#include "pack.cu"
#include "project.cu"
#include "weight_gradients.cu"
