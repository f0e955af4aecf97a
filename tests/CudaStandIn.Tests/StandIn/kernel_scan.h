#pragma once
#include <string>
#include <vector>

struct KernelDeclaration
{
    std::string name;
    std::string bound; // the first argument of __launch_bounds__, or empty
    size_t at;         // where its __global__ is
};

// The kernels that a source declares, each once; comments and literals are no source.
std::vector<KernelDeclaration> find_kernels(const std::string& source);
