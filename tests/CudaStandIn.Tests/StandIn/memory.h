// Allocations of the "device" and of page-locked host memory.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

// Whether all the bytes lie in one live allocation on the device (or of either kind).
bool is_device_range(const void* p, size_t bytes);
bool is_allocated_range(const void* p, size_t bytes);

// Where an address is, seen from the nearest allocation, in words.
std::string describe_address(uintptr_t address);

// False when bytes around an allocation have been written; then says where.
bool canaries_hold(std::string* where);

void free_all_memory();
