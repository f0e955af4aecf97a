using System;

namespace SdCompiler;

/// <summary>Declares a size that is known at run time: it becomes a constructor argument of the model.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class DimensionAttribute : Attribute
{
}
