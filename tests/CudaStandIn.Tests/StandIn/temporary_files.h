#pragma once
#include <cstddef>
#include <string>
#include <vector>

// A private folder that goes, with the files named through it, when this object goes.
class TemporaryFolder
{
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::string file(const std::string& name);

private:
    std::string path;
    std::vector<std::string> files;
};

bool write_file(const std::string& path, const void* data, size_t bytes);
std::string read_file(const std::string& path);
