namespace SdCompiler.Samples.Translator.Scoring;

/// <summary>What replaces the precision of a length of which no n-gram is right.</summary>
internal enum BleuSmoothing
{
    /// <summary>Nothing: the score is then 0, as multi-bleu has it.</summary>
    None,

    /// <summary>The first such precision is 1/2 of one right n-gram, the next 1/4, and so on: sacreBLEU's default (method 3 of Chen and Cherry 2014).</summary>
    Exponential,
}
