#pragma once

// In front of the bytes of a compiled image: cuModuleLoadData gets no length.
struct ImageHeader
{
    char magic[8];
    unsigned long long bytes;
};

extern const char ImageMagic[8];

void unload_all_modules();
