namespace SdCompiler.Generator.Emit.Cuda;

/// <summary>One kernel of an emitted CUDA source.</summary>
/// <param name="Name">Its name, in the source and as a field of the body.</param>
/// <param name="Grid">Its blocks, for people.</param>
/// <param name="SharedBytes">Bytes of shared memory of one block.</param>
/// <param name="Access">How the threads of a warp read and write global memory, for people.</param>
/// <param name="Text">The source.</param>
internal sealed record CudaKernel(string Name, string Grid, int SharedBytes, string Access, string Text)
{
    /// <summary>Threads of every block.</summary>
    public const int Threads = 256;

    /// <summary>Kernels that step over a flat index, a thread an item.</summary>
    public const string Flat = "consecutive threads, consecutive floats";
}
