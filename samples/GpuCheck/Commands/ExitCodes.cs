namespace SdCompiler.Samples.GpuCheck.Commands;

/// <summary>What the program returns to the shell.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A case did not pass, or the GPU or a file failed on the way.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>There is no GPU, or not the libraries that it needs.</summary>
    public const int NoDevice = 3;
}
