using System.Collections.Generic;

namespace SdCompiler.Samples.Shared.Training;

/// <summary>What is said of a trained model beside its measure.</summary>
/// <param name="Text">A line for people.</param>
/// <param name="Values">Figures of the metrics' last line, by their keys.</param>
internal sealed record FinalFigures(string Text, IReadOnlyDictionary<string, double> Values);
