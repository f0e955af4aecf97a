namespace SdCompiler.Generator.Model;

/// <summary>The largest sizes that a model may declare. Together they keep every product of three sizes inside 64 bits.</summary>
internal static class Limits
{
    public const int BatchSize = 65_536;

    /// <summary>The code is unrolled over time, in methods of 32 steps: beyond this the compiler of C# would be drowned.</summary>
    public const int TimeSteps = 4_096;

    /// <summary>Units, vector lengths, outputs of a regression.</summary>
    public const int Width = 65_536;

    /// <summary>Tokens and classes that are constants.</summary>
    public const int Tokens = 16_777_216;

    /// <summary>Neighbouring characters that a filter sees.</summary>
    public const int CharacterWindow = 63;

    /// <summary>Characters of a word.</summary>
    public const int WordLength = 1_024;

    /// <summary>Tags of a CRF, whose scores and work grow with their square; the runtime checks a dimension.</summary>
    public const int Tags = 4_096;

    /// <summary>Softmaxes that are mixed.</summary>
    public const int Experts = 1_024;

    public const int Layers = 64;

    /// <summary>Offsets into the workspace, and indices into a parameter, are 32-bit.</summary>
    public const long Floats = int.MaxValue;
}
