using System;

namespace SdCompiler.Samples.LanguageModel.Grammar;

/// <summary>A grammar that cannot be used; the message names the line.</summary>
internal sealed class GrammarException(int line, string problem) : Exception($"Line {line} of the grammar: {problem}.");
