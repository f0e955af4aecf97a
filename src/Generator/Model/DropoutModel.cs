namespace SdCompiler.Generator.Model;

/// <summary>Dropout at one site of a layer.</summary>
/// <param name="Rate">Drop probability p, exact as written: 0 means no dropout here in any variant.</param>
/// <param name="Pattern">The layer's own pattern, or null for the class's or the variant's.</param>
internal sealed record DropoutModel(decimal Rate, DropoutPattern? Pattern)
{
    public static DropoutModel None { get; } = new(0m, null);
}
