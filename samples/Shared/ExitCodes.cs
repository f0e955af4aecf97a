namespace SdCompiler.Samples.Shared;

/// <summary>What the program returns to the shell.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Something outside the program is wrong: a file, a folder, a checkpoint.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C, after a checkpoint; what shells use for it.</summary>
    public const int Stopped = 130;
}
