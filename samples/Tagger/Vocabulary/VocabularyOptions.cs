namespace SdCompiler.Samples.Tagger.Vocabulary;

/// <summary>What counts as the same word.</summary>
/// <param name="LowerCase">Whether upper and lower case are the same.</param>
/// <param name="DigitsToZero">Whether the digits 0 to 9 are the same.</param>
/// <param name="MinCount">The fewest occurrences that give a word a number of its own.</param>
internal sealed record VocabularyOptions(bool LowerCase = false, bool DigitsToZero = false, int MinCount = 1);
