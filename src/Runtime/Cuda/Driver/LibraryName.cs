namespace SdCompiler.Runtime.Cuda;

/// <summary>A file name of a native library.</summary>
/// <param name="File">The name.</param>
/// <param name="Major">The CUDA version that it is for, or 0 where the name does not say.</param>
internal readonly record struct LibraryName(string File, int Major = 0);
