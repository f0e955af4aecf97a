namespace SdCompiler.Samples.Translator.Text;

/// <summary>What happens to pairs of which a side has no tokens.</summary>
internal enum EmptyLines
{
    /// <summary>They are left out and counted: nothing can be learned from them.</summary>
    Skip,

    /// <summary>They stay, so that every line of a test text gets its translation.</summary>
    Keep,
}
