namespace SdCompiler;

/// <summary>The three parts of a corpus.</summary>
public enum CorpusSplit
{
    /// <summary>What the model learns from; it alone gives the vocabulary.</summary>
    Train = 0,

    /// <summary>What settings are chosen by.</summary>
    Valid = 1,

    /// <summary>What is reported at the end.</summary>
    Test = 2,
}
