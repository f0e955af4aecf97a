namespace SdCompiler.Generator.Model;

/// <summary>A size known at run time.</summary>
/// <param name="Name">The property's name as written in C#, with '@' where it is a keyword.</param>
/// <param name="Parameter">The constructor argument's name as written in C#.</param>
/// <param name="Accessibility">The property's modifiers as written, without 'partial': accessibility, and 'virtual' and the like. Both parts must agree on them.</param>
/// <param name="HasDocumentation">Whether the user documented the property: then nothing is generated over it.</param>
internal sealed record DimensionModel(string Name, string Parameter, string Accessibility, bool HasDocumentation);
