using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>A property with a layer's attribute in a class that is no model. The contract of <see cref="LstmModel"/> holds here too.</summary>
/// <param name="Owner">The class, different for each class of the project.</param>
/// <param name="Namespace">The namespace, or empty for the global one.</param>
/// <param name="Types">Declarations of the class and the types around it, outermost first; empty where no other part of the class can be emitted.</param>
/// <param name="Property">The implementing part that C# misses, or empty.</param>
/// <param name="Message">What is wrong, with its place.</param>
internal sealed record StrayLayer(string Owner, string Namespace, EquatableArray<string> Types, string Property, DiagnosticInfo Message);
