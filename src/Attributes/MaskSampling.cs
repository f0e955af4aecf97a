namespace SdCompiler;

/// <summary>How the kept units of a structured mask are drawn.</summary>
public enum MaskSampling
{
    /// <summary>Exactly <c>round((1 - p) n)</c> units are kept, at least 1; the scale is <c>n / kept</c>. Shapes are constants.</summary>
    FixedCount = 0,

    /// <summary>Each unit is kept with probability <c>1 - p</c>; the scale is <c>1 / (1 - p)</c>.</summary>
    Bernoulli = 1,
}
