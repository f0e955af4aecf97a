namespace SdCompiler;

/// <summary>What a layer over the characters of words costs in one phase, beside what <see cref="PhasePlan"/> says of rows and steps.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="MaximumLength">The most characters of a word.</param>
/// <param name="Dense">Multiply-adds for each character without dropout.</param>
/// <param name="Kept">Multiply-adds for each character that are executed.</param>
public readonly record struct CharacterCost(string Layer, int MaximumLength, long Dense, long Kept);
