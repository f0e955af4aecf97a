using System.Collections.Immutable;

namespace SdCompiler.Generator.Parsing;

/// <summary>Names of members that are generated into the user's class: nothing else there may have them.</summary>
internal static class GeneratedNames
{
    /// <summary>The parameter of the generated constructor that comes after the dimensions.</summary>
    public const string Seed = "seed";

    /// <summary>Members of the class.</summary>
    public static readonly ImmutableHashSet<string> OfModel = ImmutableHashSet.Create(
        "Trainer", "Batch", "Predictor", "Plan", "Parameters", "Save", "Load", "SaveModel", "LoadModel", "CreateTrainer", "CreatePredictor");

    /// <summary>
    /// Words that a layer may well be called (the load of a power grid): such a layer keeps its name, and the generated method gives way
    /// (<see cref="Model.LstmModel.LoadMethod"/>).
    /// </summary>
    public static readonly ImmutableHashSet<string> ThatGiveWay = ImmutableHashSet.Create("Save", "Load");

    /// <summary>Before the name of a layer: the field that holds it.</summary>
    public const string FieldPrefix = "__";

    /// <summary>Members of the nested Batch and of what it derives from; it has a property for each input too.</summary>
    public static readonly ImmutableHashSet<string> OfBatch = ImmutableHashSet.Create("Rows", "Steps", "Lengths", "LengthScale", "Targets", "CopyTo", "InferSteps", "StepsOf", "SourceSteps", "SourceLengths", "InferSourceSteps");
}
