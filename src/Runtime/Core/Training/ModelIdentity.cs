using System.Collections.Generic;

namespace SdCompiler.Runtime;

/// <summary>What files say of a model beside its weights.</summary>
/// <param name="Name">The model's class name; a file of another model is refused.</param>
/// <param name="Dimensions">The sizes given to its constructor, in order.</param>
/// <param name="Ties">Second names of parameters that two layers share; files carry both.</param>
public sealed record ModelIdentity(string Name, IReadOnlyList<ModelDimension> Dimensions, IReadOnlyList<TiedName> Ties)
{
    /// <summary>A model without a name.</summary>
    public static ModelIdentity Anonymous { get; } = new(string.Empty, [], []);
}
