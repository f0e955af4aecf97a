// Compiled images, their kernels, and launches.
#include "modules.h"
#include "api.h"
#include "block_runner.h"
#include "fault_guard.h"
#include "streams.h"
#include "temporary_files.h"
#include <cstring>
#include <dlfcn.h>
#include <memory>
#include <vector>

const char ImageMagic[8] = {'S', 'D', 'I', 'M', 'A', 'G', 'E', '1'};

namespace
{
struct Module
{
    void* library;
    const sd_image* image;
};

struct Function
{
    const Module* module;
    const sd_kernel* kernel;
};

const unsigned MostGridYZ = 65535;
const long MostSharedBytes = 48 * 1024;
std::map<void*, std::unique_ptr<Module>> modules;
std::map<const void*, std::unique_ptr<Function>> functions;

// The values of a launch's arguments, taken at the call as the driver does, each with room for any alignment.
struct Arguments
{
    std::vector<max_align_t> storage;
    std::vector<size_t> offsets;

    Arguments(const sd_kernel* kernel, void** values)
    {
        size_t total = 0;
        for (int i = 0; i < kernel->argument_count; i++)
        {
            offsets.push_back(total);
            total += kernel->argument_sizes[i] / sizeof(max_align_t) + 1;
        }

        storage.resize(total + 1);
        for (int i = 0; i < kernel->argument_count; i++)
        {
            memcpy(&storage[offsets[i]], values[i], kernel->argument_sizes[i]);
        }
    }
};

void unload(Module* module)
{
    for (auto f = functions.begin(); f != functions.end();)
    {
        f = f->second->module == module ? functions.erase(f) : std::next(f);
    }

    dlclose(module->library);
    modules.erase(module);
}

const Function* find_function(const void* handle)
{
    auto found = functions.find(handle);
    return found == functions.end() ? nullptr : found->second.get();
}
}

void unload_all_modules()
{
    while (!modules.empty())
    {
        unload(modules.begin()->second.get());
    }
}

SD_API cuModuleLoadData(void** result, const void* data)
{
    SD_ENTER(NeedsContext);
    ImageHeader header;
    memcpy(&header, data, sizeof header);
    if (memcmp(header.magic, ImageMagic, sizeof ImageMagic) != 0)
    {
        return refuse(InvalidImage, "not an image that the stand-in compiled");
    }

    TemporaryFolder folder;
    std::string path = folder.file("image.so");
    if (!write_file(path, (const char*)data + sizeof header, header.bytes))
    {
        return refuse(OutOfMemory, "no room for a temporary file");
    }

    void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
    {
        return refuse(InvalidImage, dlerror());
    }

    auto open = (const sd_image* (*)(const sd_hooks*))dlsym(library, "sd_open_image");
    if (open == nullptr)
    {
        dlclose(library);
        return refuse(InvalidImage, "an image without an entry");
    }

    const sd_image* image = open(&block_hooks);
    for (int i = 0; i < image->kernel_count; i++)
    {
        const sd_kernel& kernel = image->kernels[i];
        if (kernel.shared_end - kernel.shared_begin > MostSharedBytes)
        {
            std::string name = kernel.name;
            dlclose(library);
            return refuse(InvalidImage, name + " declares more shared memory than a block may have, which a real compiler refuses");
        }
    }

    auto module = std::make_unique<Module>(Module{library, image});
    *result = module.get();
    modules[module.get()] = std::move(module);
    return Success;
}

SD_API cuModuleUnload(void* handle)
{
    SD_ENTER(NeedsContext);
    auto found = modules.find(handle);
    if (found == modules.end())
    {
        return refuse(InvalidHandle, "no such module");
    }

    int code = flush();
    unload(found->second.get());
    return code;
}

// A device may load a kernel when it is asked for (lazy loading), which it cannot record.
SD_API cuModuleGetFunction(void** result, void* handle, const char* name)
{
    SD_ENTER(NeedsContext | NeedsNoCapture);
    auto found = modules.find(handle);
    if (found == modules.end())
    {
        return refuse(InvalidHandle, "no such module");
    }

    const sd_image* image = found->second->image;
    for (int i = 0; i < image->kernel_count; i++)
    {
        if (strcmp(image->kernels[i].name, name) == 0)
        {
            auto function = std::make_unique<Function>(Function{found->second.get(), &image->kernels[i]});
            *result = function.get();
            functions[function.get()] = std::move(function);
            return Success;
        }
    }

    return refuse(NotFound, std::string("no kernel ") + name + " in this module");
}

SD_API cuFuncGetAttribute(int* value, int attribute, void* handle)
{
    SD_ENTER(NeedsContext);
    const Function* function = find_function(handle);
    if (function == nullptr)
    {
        return refuse(InvalidHandle, "no such function");
    }

    const sd_kernel* kernel = function->kernel;
    *value = attribute == 0 ? kernel->most_threads : attribute == 1 ? (int)(kernel->shared_end - kernel->shared_begin) : 0;
    return attribute >= 0 && attribute <= 9 ? Success : refuse(InvalidValue, "no such attribute");
}

SD_API cuLaunchKernel(void* handle, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared_bytes,
    void* stream_handle, void** values, void** extra)
{
    SD_ENTER(NeedsContext);
    const Function* function = find_function(handle);
    if (function == nullptr)
    {
        return refuse(InvalidHandle, "no such function");
    }

    Stream* stream = find_stream(stream_handle);
    const sd_kernel* kernel = function->kernel;
    if (stream == nullptr || (values == nullptr && kernel->argument_count > 0))
    {
        return refuse(InvalidValue, "no such stream, or no arguments");
    }

    unsigned long long threads = (unsigned long long)bx * by * bz;
    if (bx > 1024 || by > 1024 || bz > 64 || threads == 0 || threads > (unsigned)kernel->most_threads)
    {
        return refuse(InvalidValue, std::string(kernel->name) + ": a block of " + std::to_string(threads) + " threads, of at most "
            + std::to_string(kernel->most_threads));
    }

    if (gx == 0 || gy == 0 || gz == 0 || gx > 0x7FFFFFFFu || gy > MostGridYZ || gz > MostGridYZ)
    {
        return refuse(InvalidValue, std::string(kernel->name) + ": a grid without blocks, or with too many");
    }

    if (shared_bytes != 0 || extra != nullptr)
    {
        return refuse(NotSupported, "the stand-in has no dynamic shared memory and no packed arguments");
    }

    auto arguments = std::make_shared<Arguments>(kernel, values);
    auto pointers = std::make_shared<std::vector<void*>>();
    for (size_t offset : arguments->offsets)
    {
        pointers->push_back(&arguments->storage[offset]);
    }

    sd_dim3 grid{gx, gy, gz}, block{bx, by, bz};
    return submit(stream, [handle, arguments, pointers, grid, block]
    {
        const Function* now = find_function(handle);
        if (now == nullptr)
        {
            raise_fault(InvalidHandle, "a recorded launch of a kernel whose module has been unloaded", 0);
        }

        state.counters.kernel_launches++;
        run_grid(now->module->image, now->kernel, grid, block, state.reverse, pointers->data());
    });
}
