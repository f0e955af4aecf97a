using SdCompiler.Samples.Tagger.Data;

namespace SdCompiler.Samples.Tagger.Models;

/// <summary>Gives windows to the tagger's batches.</summary>
internal static class TaggerBatch
{
    /// <summary>Lets a batch stand for a window.</summary>
    public static void Set(TokenBatch batch, SentenceWindow window)
    {
        batch.Rows = window.Rows;
        batch.Steps = window.Steps;
        batch.Lengths = window.Lengths;
        batch.Inputs = window.Words;
        batch.Targets = window.Tags;
    }
}
