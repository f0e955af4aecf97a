namespace SdCompiler.Samples.LanguageModel.Grammar;

/// <summary>One way to rewrite a symbol.</summary>
/// <param name="Probability">Of this rule among those of the symbol.</param>
/// <param name="Body">A symbol's number, or <c>~w</c> for word w; never empty.</param>
internal sealed record GrammarRule(double Probability, int[] Body);
