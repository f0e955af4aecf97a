namespace SdCompiler.Samples.Tagger.Models;

/// <summary>What decides which class a tagger is of.</summary>
/// <param name="FineTuned">Whether training changes the words' vectors.</param>
/// <param name="ReadsLetters">Whether an LSTM reads each word letter by letter; a convolution sees its letters otherwise.</param>
internal readonly record struct TaggerKind(bool FineTuned, bool ReadsLetters);
