// Runs the blocks of a launch one after another, each thread of a block as a fibre that is kept only while it waits.
#pragma once
#include "kernel_abi.h"
#include <string>

// The hooks that a loaded image gets.
extern const sd_hooks block_hooks;

// Runs every block; faults end it through raise_fault or a signal, so call it in run_guarded.
void run_grid(const sd_image* image, const sd_kernel* kernel, sd_dim3 grid, sd_dim3 block, bool reverse, void** arguments);

// After a fault: forgets the fibres that were under way, and says where they were.
std::string abandon_grid();

// Whether an address lies in the stack of a fibre or the page below it.
bool is_fibre_stack(unsigned long address);
