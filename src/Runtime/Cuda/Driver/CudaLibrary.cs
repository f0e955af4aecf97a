using System.Collections.Generic;

namespace SdCompiler.Runtime.Cuda;

/// <summary>One native library of the backend: what it is called on this platform, and how it is found where packages rename it.</summary>
/// <param name="Logical">The name that the imports use.</param>
/// <param name="Title">What it is, for messages.</param>
/// <param name="Source">Where a user gets it from, for messages.</param>
/// <param name="Names">File names, the preferred one first.</param>
/// <param name="Pattern">What a package's renamed file looks like, or null where no package carries it.</param>
/// <param name="NotPattern">What such a file's name must not contain.</param>
/// <param name="Beside">Files that it opens by itself and looks for only where the system's loader looks; loaded first when they lie in the same folder.</param>
internal sealed record CudaLibrary(
    string Logical, string Title, string Source, IReadOnlyList<LibraryName> Names, string? Pattern, string NotPattern, string? Beside);
