#include "fibers.h"
#include "emulation.h"

#include <algorithm>
#include <csetjmp>
#include <map>
#include <memory>
#include <string>
#include <sys/mman.h>
#include <ucontext.h>
#include <vector>

namespace emulation {

Thread *current;

namespace {

constexpr size_t STACK = 192 * 1024, SHARED_LIMIT = 227 * 1024;

/* Stacks end at different distances from a page, because caches map equal ones to the same few lines. */
constexpr size_t SHIFT = 576, SHIFTS = 113;

/* The fields that every turn reads are adjacent. */
struct alignas(64) Fiber : Thread {
  bool started = false, ended = false;
  int parity = 0;
  const Barrier *waits = nullptr;
  long generation = 0;
  const int *phase = nullptr;
  jmp_buf context;
  PendingCopy copies[MAX_PENDING];
  ucontext_t entry;

  Fiber() { pending = copies; }

  bool runnable() const {
    return !ended && (waits == nullptr || waits->generation != generation) && (phase == nullptr || (*phase & 1) != parity);
  }
};

const Launch *launch;
jmp_buf scheduler;
std::vector<std::unique_ptr<Fiber>> fibers; /* reused from block to block, because creating one is slow */
std::vector<char *> stacks;
Barrier cluster;
std::map<std::string, size_t> places;
size_t placed;
std::vector<std::unique_ptr<Block>> blocks;
std::vector<size_t> written; /* the written bytes of each block's shared memory */
long idle;
const char *failure;
uint64_t draws;

uint64_t draw() {
  draws ^= draws << 13;
  draws ^= draws >> 7;
  draws ^= draws << 17;
  return draws;
}

/* Returns a number below n, without a division. */
size_t draw(size_t n) { return (draw() >> 32) * n >> 32; }

Fiber *self() { return static_cast<Fiber *>(current); }

void back() {
  if (_setjmp(self()->context) == 0) _longjmp(scheduler, 1);
}

void leave(Barrier &barrier) {
  barrier.expected--;
  if (barrier.expected > 0 && barrier.arrived == barrier.expected) {
    barrier.arrived = 0;
    barrier.generation++;
  }
}

void enter() {
  for (;;) {
    launch->kernel();
    if (current->pending_count > 0) fail("a thread ended before its copies were complete");
    self()->ended = true;
    leave(current->block->barrier);
    leave(current->warp().barrier);
    leave(cluster);
    progress();
    back();
  }
}

void start(Fiber &fiber, size_t index) {
  getcontext(&fiber.entry);
  fiber.entry.uc_stack.ss_sp = stacks[index];
  fiber.entry.uc_stack.ss_size = STACK - index % SHIFTS * SHIFT;
  fiber.entry.uc_link = nullptr;
  makecontext(&fiber.entry, enter, 0);
}

void resume(Fiber &fiber) {
  current = &fiber;
  if (_setjmp(scheduler) != 0) return;
  if (!fiber.started) {
    fiber.started = true;
    setcontext(&fiber.entry);
  }
  _longjmp(fiber.context, 1);
}

void fill(unsigned first_block) {
  const unsigned threads = launch->block;
  size_t used = 0;
  cluster = {};
  cluster.expected = static_cast<int>(threads * launch->cluster);
  for (unsigned b = 0; b < launch->cluster; b++) {
    Block &block = *blocks[b];
    const unsigned index = first_block + b, row = index / launch->grid[0];
    block.index = {index % launch->grid[0], row % launch->grid[1], row / launch->grid[1]};
    block.rank = static_cast<int>(b);
    block.barrier = {};
    block.barrier.expected = static_cast<int>(threads);
    memset(block.memory, 0xff, written[b]); /* NaN marks unwritten memory */
    constexpr unsigned paces[] = {1, 1, 3, 50};
    for (unsigned w = 0; w < threads / 32; w++) {
      block.warps[w].barrier = {};
      block.warps[w].barrier.expected = 32;
      block.warps[w].pace = launch->order == 0 ? 1 : paces[draw(4)];
    }
    for (unsigned t = 0; t < threads; t++) {
      if (used == fibers.size()) {
        fibers.push_back(std::make_unique<Fiber>());
        start(*fibers[used], used);
      }
      Fiber &fiber = *fibers[used++];
      fiber.index = {t, 0, 0};
      fiber.block = &block;
      fiber.ended = false;
    }
  }
}

template <class T>
void shuffle_all(std::vector<T> &values) {
  for (size_t i = values.size(); i > 1; i--) std::swap(values[i - 1], values[draw(i)]);
}

/* Runs every lane of a warp once and returns whether any is left. */
bool run_warp(std::vector<Fiber *> &lanes) {
  bool left = false;
  if (launch->order > 0) shuffle_all(lanes);
  for (Fiber *fiber : lanes) {
    if (fiber->runnable()) resume(*fiber);
    if (failure != nullptr) return false;
    left |= !fiber->ended;
  }
  return left;
}

void run_cluster() {
  std::vector<std::vector<Fiber *>> warps;
  for (size_t i = 0; i < launch->block * launch->cluster; i++) {
    if (i % 32 == 0) warps.emplace_back();
    warps.back().push_back(fibers[i].get());
  }
  while (!warps.empty() && failure == nullptr) {
    if (launch->order > 0) shuffle_all(warps);
    bool lags = false;
    for (size_t i = 0; i < warps.size() && failure == nullptr;) {
      if (draw(warps[i][0]->warp().pace) != 0) {
        lags = true;
        i++;
      } else if (run_warp(warps[i])) {
        i++;
      } else {
        warps.erase(warps.begin() + static_cast<long>(i));
      }
    }
    if (!lags && failure == nullptr && ++idle > 3) failure = "deadlock: threads wait for each other";
  }
}

}  // namespace

void progress() { idle = 0; }

void fail(const char *why) {
  failure = why;
  _longjmp(scheduler, 1);
}

void arrive_and_wait(Barrier &barrier) {
  progress();
  if (++barrier.arrived == barrier.expected) {
    barrier.arrived = 0;
    barrier.generation++;
    return;
  }
  self()->waits = &barrier;
  self()->generation = barrier.generation;
  back();
  self()->waits = nullptr;
}

Barrier &cluster_barrier() { return cluster; }

uint3 grid() { return {launch->grid[0], launch->grid[1], launch->grid[2]}; }

void wait_while(const int &phase, int parity) {
  if ((phase & 1) != parity) return;
  self()->phase = &phase;
  self()->parity = parity;
  back();
  self()->phase = nullptr;
}

char *shared(const char *name, size_t size) {
  auto [place, fresh] = places.try_emplace(name, launch->dynamic + placed);
  if (fresh) placed += (size + 15) / 16 * 16;
  if (launch->dynamic + placed > SHARED_LIMIT) fail("too much shared memory");
  return current->block->memory + place->second;
}

char *dynamic() { return current->block->memory; }

char *in_block(const void *own, int rank) {
  return blocks[static_cast<size_t>(rank)]->memory + (static_cast<const char *>(own) - current->block->memory);
}

const char *run(const Launch &what) {
  launch = &what;
  failure = nullptr;
  idle = 0;
  places.clear();
  placed = 0;
  draws = 0x9e3779b97f4a7c15u + what.order;
  while (stacks.size() < what.block * what.cluster)
    stacks.push_back(static_cast<char *>(
        mmap(nullptr, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)));
  while (blocks.size() < what.cluster) {
    blocks.push_back(std::make_unique<Block>());
    blocks.back()->memory = static_cast<char *>(aligned_alloc(16, SHARED_LIMIT));
    written.push_back(SHARED_LIMIT);
  }
  const unsigned clusters = what.grid[0] * what.grid[1] * what.grid[2] / what.cluster;
  for (unsigned i = 0; i < clusters && failure == nullptr; i++) {
    fill((what.order % 2 == 1 ? clusters - 1 - i : i) * what.cluster);
    run_cluster();
    std::fill_n(written.begin(), what.cluster, what.dynamic + placed);
  }
  if (failure != nullptr) fibers.clear();
  return failure;
}

}  // namespace emulation
