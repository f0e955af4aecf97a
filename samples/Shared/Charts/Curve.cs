using System.Collections.Generic;

namespace SdCompiler.Samples.Shared.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Color">A CSS colour.</param>
/// <param name="Points">In the order of their epochs.</param>
internal sealed record Curve(string Name, string Color, IReadOnlyList<CurvePoint> Points);
