using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Graph;

/// <summary>A parameter of the model.</summary>
/// <param name="Name">PyTorch's name, such as <c>Lower.weight_ih_l0</c>.</param>
/// <param name="Field">Its field in the emitted file.</param>
/// <param name="Kind">Its shape.</param>
/// <param name="Rows">Input units, or tokens of a table; 0 until shapes are inferred, 1 for a vector.</param>
/// <param name="Columns">Outputs (all four gates counted), or the width of a table.</param>
/// <param name="Role">The runtime's name for what it is for, which decides its first values.</param>
/// <param name="Initializer">First values.</param>
/// <param name="InitialRange">Range of the uniform initialiser.</param>
/// <param name="ForgetBias">First value of the forget gate's bias, or NaN.</param>
internal sealed record ParameterInfo(
    string Name,
    string Field,
    ParameterKind Kind,
    SizeModel Rows,
    SizeModel Columns,
    string Role,
    Initializer Initializer,
    double InitialRange,
    double ForgetBias)
{
    /// <summary>The reader of a tied table, whose name a checkpoint also gives to this parameter.</summary>
    public string? TiedName { get; init; }

    /// <summary>Whether training leaves it as it is: it has no gradient.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Neighbours that a filter of a convolution sees; 1 for every other parameter.</summary>
    public int Taps { get; init; } = 1;

    public bool IsMatrix => Kind is ParameterKind.GateMatrix or ParameterKind.Matrix;

    /// <summary>What the layer's matrix reads, for the first values of its bias; 0 until shapes are inferred.</summary>
    public int Inputs { get; init; }
}
