// Compiles CUDA C with g++: the same text that a device gets, between a prelude and a table of its kernels.
#include "api.h"
#include "kernel_scan.h"
#include "modules.h"
#include "temporary_files.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <spawn.h>
#include <sys/wait.h>
#include <vector>

extern char** environ;

// The two headers as text. The paths are relative to the folder in which the library is built.
__asm__(".pushsection .rodata\n"
        "sd_prelude_begin:\n"
        ".incbin \"kernel_abi.h\"\n"
        ".incbin \"kernel_prelude.h\"\n"
        "sd_prelude_end:\n"
        ".popsection\n");
extern "C" __attribute__((visibility("hidden"))) const char sd_prelude_begin[], sd_prelude_end[];

namespace
{
enum Result : int
{
    Compiled = 0,
    NvrtcOutOfMemory = 1,
    ProgramCreation = 2,
    InvalidInput = 3,
    InvalidProgram = 4,
    InvalidOption = 5,
    CompilationFailed = 6,
};

struct Program
{
    std::string source, name, log, image;
};

std::map<void*, std::unique_ptr<Program>> programs;

Program* find(void* handle)
{
    auto found = programs.find(handle);
    return found == programs.end() ? nullptr : found->second.get();
}

// The source with a section for the shared arrays of each kernel, named before the kernel starts. Lines and columns stay
// what they are in the source, for the messages of the compiler.
std::string with_sections(const Program& program, const std::vector<KernelDeclaration>& kernels)
{
    std::string text;
    size_t from = 0, line = 1;
    for (const KernelDeclaration& k : kernels)
    {
        text += program.source.substr(from, k.at - from);
        line += (size_t)std::count(program.source.begin() + from, program.source.begin() + k.at, '\n');
        size_t column = k.at == 0 ? 0 : k.at - 1 - program.source.rfind('\n', k.at - 1);
        text += "\n#undef __shared__\n#define __shared__ SD_SHARED(\"sd_shared_" + k.name + "\")\n#line " + std::to_string(line) + " \""
            + program.name + "\"\n" + std::string(column, ' ');
        from = k.at;
    }

    return text + program.source.substr(from);
}

// What the loader finds: the kernels by name, the sections of their shared arrays, the variables that say who runs.
std::string kernel_table(const std::vector<KernelDeclaration>& kernels)
{
    std::string calls, rows;
    for (const KernelDeclaration& k : kernels)
    {
        // Declared again with C linkage: a kernel without it has another name in a real image, and here does not compile.
        // The ends of a section come from the linker; weak, because a kernel without shared arrays has none.
        std::string begin = "__start_sd_shared_" + k.name, end = "__stop_sd_shared_" + k.name;
        calls += "extern \"C\" decltype(" + k.name + ") " + k.name + ";\n"
            "static void sd_run_" + k.name + "(void** sd_values) { sd_call(" + k.name + ", sd_values); }\n"
            "extern \"C\" __attribute__((weak, visibility(\"hidden\"))) char " + begin + "[], " + end + "[];\n";
        rows += "{\"" + k.name + "\", sd_run_" + k.name + ", sd_signature<decltype(" + k.name + ")>::count, sd_signature<decltype("
            + k.name + ")>::sizes, " + (k.bound.empty() ? "1024" : "(int)(" + k.bound + ")") + ", " + begin + ", " + end + "},\n";
    }

    return "\n#line 1 \"kernel table\"\n" + calls
        + "static const sd_kernel sd_kernels[] = {\n" + rows + "{nullptr, nullptr, 0, nullptr, 0, nullptr, nullptr}};\n"
          "static sd_image sd_opened;\n"
          "extern \"C\" __attribute__((visibility(\"default\"))) const sd_image* sd_open_image(const sd_hooks* sd_given)\n"
          "{\n"
          "    sd_calls = sd_given;\n"
          "    sd_opened = {sd_kernels, " + std::to_string(kernels.size()) + ", &sd_thread, &sd_block, &sd_block_size, &sd_grid_size};\n"
          "    return &sd_opened;\n"
          "}\n";
}

// The definitions of macros among the options, as lines of source: on the command line of g++ they would also change the
// prelude. The other options speak of devices.
std::string macro_definitions(int count, const char** options)
{
    std::string lines;
    const std::string longer = "--define-macro";
    for (int i = 0; i < count; i++)
    {
        std::string option = options[i];
        size_t name = option.compare(0, longer.size(), longer) == 0 ? longer.size() : option.compare(0, 2, "-D") == 0 ? 2 : 0;
        if (name == 0)
        {
            continue;
        }

        name += name == longer.size() && name < option.size() && option[name] == '=';
        std::string macro = name < option.size() ? option.substr(name) : i + 1 < count ? options[++i] : "";
        size_t equals = macro.find('=');
        lines += "#define " + macro.substr(0, equals) + " " + (equals == std::string::npos ? "1" : macro.substr(equals + 1)) + "\n";
    }

    return lines;
}

// Runs a program with everything it prints in one file; whether it ended well.
bool run(const std::vector<std::string>& command, const std::string& log)
{
    std::vector<char*> arguments;
    for (const std::string& part : command)
    {
        arguments.push_back((char*)part.c_str());
    }

    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    pid_t child;
    int failed = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = -1;
    while (failed == 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
    {
    }

    return failed == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
}

SD_API nvrtcVersion(int* major, int* minor)
{
    SD_ENTER(NeedsNothing);
    *major = 13;
    *minor = 0;
    return Compiled;
}

SD_API nvrtcCreateProgram(void** result, const char* source, const char* name, int header_count, const char**, const char**)
{
    SD_ENTER(NeedsNothing);
    if (source == nullptr || header_count != 0)
    {
        return refuse(source == nullptr ? ProgramCreation : InvalidInput, "no source, or headers, which the stand-in does not take");
    }

    auto program = std::make_unique<Program>();
    program->source = source;
    program->name = name == nullptr ? "default_program" : name;
    *result = program.get();
    programs[program.get()] = std::move(program);
    return Compiled;
}

SD_API nvrtcDestroyProgram(void** handle)
{
    SD_ENTER(NeedsNothing);
    if (programs.erase(*handle) == 0)
    {
        return refuse(InvalidProgram, "no such program");
    }

    *handle = nullptr;
    return Compiled;
}

SD_API nvrtcCompileProgram(void* handle, int option_count, const char** options)
{
    SD_ENTER(NeedsNothing);
    Program* program = find(handle);
    if (program == nullptr)
    {
        return refuse(InvalidProgram, "no such program");
    }

    state.counters.compilations++;
    TemporaryFolder folder;
    std::string source = folder.file("kernel.cpp"), object = folder.file("kernel.o"), library = folder.file("kernel.so"), log = folder.file("log");
    std::string text(sd_prelude_begin, sd_prelude_end);
    text += "\n#line 1 \"options\"\n" + macro_definitions(option_count, options);
    std::vector<KernelDeclaration> kernels = find_kernels(program->source);
    text += "\n#line 1 \"" + program->name + "\"\n" + with_sections(*program, kernels)
        + kernel_table(kernels);
    if (!write_file(source, text.data(), text.size()))
    {
        return refuse(NvrtcOutOfMemory, "no room for a temporary file");
    }

    // Two steps, because linking with -fsanitize would ask for a library that the prelude makes unnecessary.
    std::vector<std::string> compile = {"g++", "-std=c++17", "-O1", "-c", "-fPIC", "-w", "-fvisibility=hidden", "-fno-strict-aliasing",
        "-ffp-contract=off", "-fno-exceptions", "-fno-rtti", "-fsanitize=bounds,alignment", "-fno-sanitize-recover=all", "-o", object, source};
    bool good = run(compile, log) && run({"g++", "-shared", "-Wl,-z,defs", "-o", library, object}, log);
    program->log = read_file(log);
    if (!good)
    {
        return refuse(CompilationFailed, program->log);
    }

    std::string code = read_file(library);
    ImageHeader header;
    memcpy(header.magic, ImageMagic, sizeof ImageMagic);
    header.bytes = code.size();
    program->image = std::string((const char*)&header, sizeof header) + code;
    return Compiled;
}

SD_API nvrtcGetProgramLogSize(void* handle, size_t* bytes)
{
    SD_ENTER(NeedsNothing);
    Program* program = find(handle);
    *bytes = program == nullptr ? 0 : program->log.size() + 1;
    return program == nullptr ? InvalidProgram : Compiled;
}

SD_API nvrtcGetProgramLog(void* handle, char* log)
{
    SD_ENTER(NeedsNothing);
    Program* program = find(handle);
    if (program == nullptr)
    {
        return InvalidProgram;
    }

    memcpy(log, program->log.c_str(), program->log.size() + 1);
    return Compiled;
}

SD_API nvrtcGetCUBINSize(void* handle, size_t* bytes)
{
    SD_ENTER(NeedsNothing);
    Program* program = find(handle);
    *bytes = program == nullptr ? 0 : program->image.size();
    return program == nullptr ? InvalidProgram : Compiled;
}

SD_API nvrtcGetCUBIN(void* handle, char* image)
{
    SD_ENTER(NeedsNothing);
    Program* program = find(handle);
    if (program == nullptr || program->image.empty())
    {
        return InvalidProgram;
    }

    memcpy(image, program->image.data(), program->image.size());
    return Compiled;
}

SD_EXPORT const char* nvrtcGetErrorString(int result)
{
    static const char* const names[] = {"NVRTC_SUCCESS", "NVRTC_ERROR_OUT_OF_MEMORY", "NVRTC_ERROR_PROGRAM_CREATION_FAILURE",
        "NVRTC_ERROR_INVALID_INPUT", "NVRTC_ERROR_INVALID_PROGRAM", "NVRTC_ERROR_INVALID_OPTION", "NVRTC_ERROR_COMPILATION"};
    return result >= 0 && result <= CompilationFailed ? names[result] : "NVRTC_ERROR unknown";
}
