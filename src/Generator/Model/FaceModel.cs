namespace SdCompiler.Generator.Model;

/// <summary>
/// What is still emitted for a model with a mistake, so that one mistake is one message: its members exist, and throw.
/// Texts, because what is wrong may be the very thing that a record would have to say (a type, an accessor, a type parameter).
/// </summary>
/// <param name="Declaration">The class's declaration without accessibility, such as "partial class Tagger".</param>
/// <param name="Type">The class as a type, with its type parameters: "Tagger".</param>
/// <param name="Properties">Implementing parts of the partial properties, with documentation where the user wrote none, such as "public partial global::SdCompiler.LstmLayer Lower { get => throw null!; }".</param>
/// <param name="ConstructorParameters">Parameters of the generated constructor, or null when the class cannot have it.</param>
/// <param name="Omitted">Names of generated members that cannot be emitted, because the user's own would clash or the class cannot have them.</param>
internal sealed record FaceModel(
    string Declaration,
    string Type,
    EquatableArray<string> Properties,
    string? ConstructorParameters,
    EquatableArray<string> Omitted);
