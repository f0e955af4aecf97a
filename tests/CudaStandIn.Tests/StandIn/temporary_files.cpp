#include "temporary_files.h"
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

TemporaryFolder::TemporaryFolder()
{
    const char* root = getenv("TMPDIR");
    path = std::string(root != nullptr && *root != 0 ? root : "/tmp") + "/sdstandin-" + std::to_string(getpid()) + "-XXXXXX";
    if (mkdtemp(&path[0]) == nullptr)
    {
        path.clear(); // writing there will fail, and say so
    }
}

TemporaryFolder::~TemporaryFolder()
{
    for (const std::string& file : files)
    {
        unlink(file.c_str());
    }

    rmdir(path.c_str());
}

std::string TemporaryFolder::file(const std::string& name)
{
    files.push_back(path + "/" + name);
    return files.back();
}

bool write_file(const std::string& path, const void* data, size_t bytes)
{
    FILE* file = fopen(path.c_str(), "wb");
    if (file == nullptr)
    {
        return false;
    }

    bool whole = fwrite(data, 1, bytes, file) == bytes;
    return fclose(file) == 0 && whole;
}

std::string read_file(const std::string& path)
{
    std::string content;
    FILE* file = fopen(path.c_str(), "rb");
    if (file != nullptr)
    {
        char buffer[65536];
        for (size_t n; (n = fread(buffer, 1, sizeof buffer, file)) > 0;)
        {
            content.append(buffer, n);
        }

        fclose(file);
    }

    return content;
}
