using System.Linq;

namespace SdCompiler.Generator.Model;

/// <summary>
/// A model as the user declared it. Contract for whoever adds a member: strings, numbers, enums, records of these and
/// <see cref="EquatableArray{T}"/> only, never a symbol, a syntax node or a compilation, so that equal inputs compare equal and work stops here.
/// </summary>
/// <param name="Namespace">The namespace, or empty for the global one.</param>
/// <param name="ContainingTypes">Declarations of the types around the model, outermost first, such as "partial class Outer".</param>
/// <param name="Name">The class's name as written in C#, with '@' where it is a keyword.</param>
/// <param name="Accessibility">The class's accessibility keyword, "public" or "internal" and so on.</param>
/// <param name="HintName">A file name part, unique in the compilation also where case does not count.</param>
/// <param name="BatchSize">B.</param>
/// <param name="TimeSteps">T.</param>
/// <param name="Dimensions">Sizes known at run time, in order.</param>
/// <param name="Layers">Layers in order, sources before readers.</param>
/// <param name="VariantsType">The fully qualified variants enum, with "global::", or null.</param>
/// <param name="Variants">The variants; exactly one, with an empty name, when there is no enum.</param>
/// <param name="IsComplete">False when a mistake was found: then only the face is emitted, so that one mistake is one message.</param>
/// <param name="HasDocumentation">Whether the user documented the class.</param>
/// <param name="Diagnostics">What is wrong, with places; without them on the branch that emits.</param>
internal sealed record LstmModel(
    string Namespace,
    EquatableArray<string> ContainingTypes,
    string Name,
    string Accessibility,
    string HintName,
    int BatchSize,
    int TimeSteps,
    EquatableArray<DimensionModel> Dimensions,
    EquatableArray<LayerModel> Layers,
    string? VariantsType,
    EquatableArray<VariantModel> Variants,
    bool IsComplete,
    bool HasDocumentation,
    EquatableArray<DiagnosticInfo> Diagnostics)
{
    /// <summary>Whether trainers for CUDA are wanted beside those for the CPU.</summary>
    public bool HasCuda { get; init; }

    /// <summary>What to emit for a model that cannot be compiled, whoever finds that out; null where no other part of the class can be emitted (a class that is not partial).</summary>
    public FaceModel? Face { get; init; }

    /// <summary>Whether the model has a source side and a target side: an encoder and a decoder.</summary>
    public bool HasSource => Layers.Any(layer => layer.IsSource);

    /// <summary>The name of the generated Load: another where a layer or a dimension is called so.</summary>
    public string LoadMethod => HasMember("Load") ? "LoadModel" : "Load";

    /// <summary>The name of the generated Save.</summary>
    public string SaveMethod => HasMember("Save") ? "SaveModel" : "Save";

    /// <summary>
    /// Whether each row of a batch is one whole sentence, because a layer looks at it from its end or another sentence belongs to it: then nothing is carried from window to window, no row is cut, and
    /// the predictor takes whole sentences.
    /// </summary>
    public bool IsSentenceModel => Layers.Any(layer => layer.Direction == Direction.Both || layer.Kind == LayerKind.Crf || layer.IsSource);

    private bool HasMember(string name) => Layers.Any(layer => layer.Name == name) || Dimensions.Any(dimension => dimension.Name == name);
}
