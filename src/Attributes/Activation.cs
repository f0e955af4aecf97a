namespace SdCompiler;

/// <summary>The element-wise function of a <see cref="LinearAttribute"/> layer.</summary>
public enum Activation
{
    /// <summary>The identity.</summary>
    None = 0,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh = 1,

    /// <summary>Logistic sigmoid.</summary>
    Sigmoid = 2,

    /// <summary>max(0, x).</summary>
    Relu = 3,
}
