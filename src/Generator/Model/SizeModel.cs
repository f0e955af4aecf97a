namespace SdCompiler.Generator.Model;

/// <summary>A size: a constant, or a dimension whose value a constructor argument gives.</summary>
/// <param name="Constant">The value, or 0 when <paramref name="Dimension"/> gives it.</param>
/// <param name="Dimension">The name of the dimension property, or null.</param>
internal sealed record SizeModel(int Constant, string? Dimension)
{
    public bool IsConstant => Dimension is null;

    public static SizeModel Of(int constant) => new(constant, null);

    public static SizeModel Late(string dimension) => new(0, dimension);
}
