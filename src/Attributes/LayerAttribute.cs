using System;

namespace SdCompiler;

/// <summary>What every layer attribute has in common.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>The name of the layer to read; without it a layer reads the one declared above it.</summary>
    public string? From { get; set; }

    /// <summary>The first values of this layer's parameters; by default the class's choice.</summary>
    public Initializer Initializer { get; set; } = Initializer.Default;

    /// <summary>The range r of <see cref="Initializer.Uniform"/> for this layer.</summary>
    public double InitialRange { get; set; }
}
