using SdCompiler.Samples.LanguageModel.Grammar;

namespace SdCompiler.Samples.LanguageModel.Training;

/// <summary>The text of a run: the user's, or the sample's own.</summary>
/// <param name="Corpus">Its three parts.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Optimum">The validation perplexity of a perfect model; known of the sample's own text only.</param>
internal sealed record RunText(Corpus Corpus, string Name, double? Optimum)
{
    private const ulong OwnSeed = 1;
    private const int OwnTrainSentences = 800;
    private const int OwnValidSentences = 300;

    /// <summary>The sample's own text, the same on every machine.</summary>
    public static RunText Own()
    {
        GrammarCorpus own = GrammarCorpus.Draw(GrammarCorpus.English(), OwnSeed, OwnTrainSentences, OwnValidSentences);
        return new RunText(own.Corpus, "the sample's own text", own.OptimalPerplexity);
    }

    /// <summary>The text of a folder, or the sample's own without one.</summary>
    /// <param name="folder">The folder, or null.</param>
    /// <exception cref="DataFileException">The folder cannot be used.</exception>
    public static RunText Load(string? folder) => folder is null ? Own() : new RunText(Corpus.Load(folder), folder, null);

    /// <summary>Makes sure that the training text is long enough for a model's parallel streams.</summary>
    /// <exception cref="DataFileException">It is too short.</exception>
    public void CheckLength(int rows)
    {
        if (Corpus.Train.Length < 2 * rows)
        {
            throw new DataFileException(Name, $"the train text has {Corpus.Train.Length} tokens, too few for {rows} parallel streams; give at least {2 * rows}");
        }
    }
}
