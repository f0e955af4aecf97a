using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Emit;

/// <summary>
/// Emits the user's side of a model: constructor, properties, plan, files, and the nested types. Every name is written in full, because
/// the user's own names come first here; the user's documentation wins over ours.
/// </summary>
internal sealed partial class FaceEmitter
{
    private const string Api = "global::SdCompiler.";
    private const string Core = "global::SdCompiler.Runtime.";

    private readonly EmitPlan _plan;
    private readonly LstmModel _model;
    private readonly SourceWriter _writer;

    private FaceEmitter(EmitPlan plan, SourceWriter writer)
    {
        _plan = plan;
        _model = plan.Model;
        _writer = writer;
    }

    public static void Emit(EmitPlan plan, SourceWriter writer) => new FaceEmitter(plan, writer).Emit();

    private string Parts => "global::SdCompiler.Generated." + _plan.PartsClass;

    private string Batch => _plan.IsTokenModel ? Api + "TokenBatch" : $"{_model.Name}.Batch";

    private bool HasVariants => _model.VariantsType is not null;

    private void Emit()
    {
        List<System.IDisposable> open = new();
        if (_model.Namespace.Length > 0)
        {
            open.Add(_writer.Block("namespace " + _model.Namespace));
        }

        foreach (string type in _model.ContainingTypes)
        {
            open.Add(_writer.Block(type));
        }

        if (!_model.HasDocumentation)
        {
            EmitClassDocumentation();
        }

        using (_writer.Block($"partial class {_model.Name} : {Api}ILstmModel<{_model.Name}, {_model.Name}.Trainer, {Batch}>"))
        {
            EmitFields();
            EmitConstructors();
            EmitProperties();
            EmitPlan();
            EmitFiles();
            EmitFactories();
            EmitTrainer();
            if (!_plan.IsTokenModel)
            {
                EmitBatch();
            }

            if (_model.HasSource)
            {
                EmitTranslator();
            }
            else
            {
                EmitPredictor();
            }
        }

        open.Reverse();
        open.ForEach(block => block.Dispose());
    }

    private void EmitClassDocumentation()
    {
        string[] lines = FileHeader.Lines(_plan).Select(Text.Xml).ToArray();
        _writer.Line($"/// <summary>{Text.Xml(FileHeader.Summary(_plan))}</summary>");
        _writer.Line("/// <remarks>");
        _writer.Line("/// <code>");
        foreach (string line in lines)
        {
            _writer.Line("/// " + line);
        }

        _writer.Line("/// </code>");
        _writer.Line("/// </remarks>");
    }

    private void EmitFields()
    {
        foreach (LayerModel layer in _model.Layers)
        {
            _writer.Line($"private readonly {LayerType(layer)} {Field(layer.Name)};");
        }
    }

    private static string Field(string name) => "__" + NameTable.Plain(name);

    private static string LayerType(LayerModel layer) => $"{Api}{layer.Kind}Layer";

    private void EmitConstructors()
    {
        string arguments = string.Concat(_model.Dimensions.Select(dimension => dimension.Parameter + ", "));
        string parameters = string.Concat(_model.Dimensions.Select(dimension => $"int {dimension.Parameter}, "));
        _writer.Line();
        _writer.Line("/// <summary>A model with first values drawn from a seed.</summary>");
        foreach (DimensionModel dimension in _model.Dimensions)
        {
            _writer.Line($"/// <param name=\"{NameTable.Plain(dimension.Parameter)}\">{NameTable.Plain(dimension.Name)}: {Uses(dimension)}; at least 1.</param>");
        }

        _writer.Line("/// <param name=\"seed\">Where all random numbers of the model come from: first values, and the masks of its trainers.</param>");
        string most = _plan.Shared.LossLayer.Declared is { Kind: LayerKind.Crf, Width.IsConstant: false } ? $", or there are more than {Text.Of(Limits.Tags)} tags" : string.Empty;
        _writer.Line($"/// <exception cref=\"global::System.ArgumentOutOfRangeException\">A size is too small{most}.</exception>");
        using (_writer.Block($"public {_model.Name}({parameters}long seed) : this({Parts}.CreateParameters({arguments}seed))"))
        {
            _writer.Line($"{Parts}.Initialize(Parameters);");
        }

        _writer.Line();
        using (_writer.Block($"private {_model.Name}({Core}ModelParameters parameters)"))
        {
            _writer.Line("Parameters = parameters;");
            foreach (LayerModel layer in _model.Layers)
            {
                _writer.Line($"{Field(layer.Name)} = {NewLayer(layer)};");
            }
        }
    }

    private string Uses(DimensionModel dimension)
    {
        IEnumerable<string> uses = _model.Layers
            .Where(layer => layer.Tokens?.Dimension == dimension.Name || layer.Width.Dimension == dimension.Name)
            .Select(layer => (layer.Tokens?.Dimension == dimension.Name ? layer.Characters is not null ? "characters of " : "tokens of " : layer.Kind == LayerKind.Crf ? "tags of " : "classes of ") + NameTable.Plain(layer.Name));
        string text = string.Join(", ", uses);
        return text.Length == 0 ? "a size" : text;
    }

    private string NewLayer(LayerModel layer)
    {
        List<string> arguments = new() { Text.Quote(NameTable.Plain(layer.Name)) };
        if (layer.Kind is LayerKind.Embedding || layer.Characters is not null)
        {
            arguments.Add(Value(layer.Tokens!));
        }

        if (layer.Kind == LayerKind.Concat)
        {
            Value joined = _plan.Shared.Values.First(value => _plan.Shared.Layers[value.Layer].Declared.Name == layer.Name);
            arguments.Add(Text.Of(joined.Width.Constant));
        }
        else
        {
            arguments.Add(Value(layer.Width));
        }

        if (layer.Direction == Direction.Both)
        {
            arguments.Add($"{Api}Direction.{layer.Direction}");
        }

        if (layer.Kind == LayerKind.Linear)
        {
            arguments.Add($"{Api}Activation.{layer.Activation}");
        }

        if (layer.Characters is CharacterModel characters)
        {
            if (layer.Kind == LayerKind.CharacterCnn)
            {
                arguments.Add(Text.Of(characters.Window));
            }

            arguments.Add(Text.Of(characters.MaximumLength));
        }

        if (layer.Mixture is MixtureModel mixture)
        {
            arguments.Add(Text.Of(mixture.Experts));
            arguments.Add(Text.Of(mixture.Width));
        }

        if (layer.Kind == LayerKind.Crf)
        {
            arguments.Add("parameters");
        }

        if (layer.Kind == LayerKind.Attention)
        {
            arguments.Add($"{Api}AttentionScore.{layer.Score}");
        }

        foreach (ParameterInfo parameter in ParametersOf(layer))
        {
            arguments.Add($"parameters.{WindowSource.TypeOf(parameter)}({Text.Quote(parameter.Name)})");
        }

        return $"new {LayerType(layer)}({string.Join(", ", arguments)})";
    }

    private IEnumerable<ParameterInfo> ParametersOf(LayerModel layer)
    {
        LstmGraph graph = _plan.Shared;
        return graph.Nodes
            .Where(node => node.Phase == Phase.Forward && graph.Layers[node.Layer].Declared.Name == layer.Name)
            .SelectMany(node => node.Parameters)
            .Distinct()
            .OrderBy(parameter => parameter)
            .Select(parameter => graph.Parameters[parameter]);
    }

    private string Value(SizeModel size)
    {
        int index = _model.Dimensions.TakeWhile(dimension => dimension.Name != size.Dimension).Count();
        return size.IsConstant ? Text.Of(size.Constant) : $"parameters.Identity.Dimensions[{Text.Of(index)}].Value";
    }

    private void EmitProperties()
    {
        _writer.Line();
        _writer.Line("/// <summary>The weights, shared by all trainers and predictors of this model.</summary>");
        _writer.Line($"public {Core}ModelParameters Parameters {{ get; }}");
        for (int i = 0; i < _model.Dimensions.Count; i++)
        {
            DimensionModel dimension = _model.Dimensions[i];
            EmitProperty(dimension.Accessibility, "int", dimension.Name, $"Parameters.Identity.Dimensions[{Text.Of(i)}].Value", dimension.HasDocumentation, Uses(dimension));
        }

        foreach (LayerModel layer in _model.Layers)
        {
            string about = _plan.Shared.Layers.Any(info => info.Declared.Name == layer.Name) ? FileHeader.Describe(layer) : "a layer that nothing reads";
            EmitProperty(layer.Accessibility, LayerType(layer), layer.Name, Field(layer.Name), layer.HasDocumentation, about);
        }
    }

    private void EmitProperty(string modifiers, string type, string name, string expression, bool documented, string about)
    {
        _writer.Line();
        if (!documented)
        {
            _writer.Line($"/// <summary>{NameTable.Plain(name)}: {Text.Xml(about)}.</summary>");
        }

        _writer.Line($"{(modifiers.Length == 0 ? string.Empty : modifiers + " ")}partial {type} {name} => {expression};");
    }

    private void EmitPlan()
    {
        _writer.Line();
        _writer.Line("/// <summary>Multiply-adds per phase, dense and executed, parameters and memory, as formulas of the sizes given late.</summary>");
        _writer.Line($"public static {Api}ModelPlan Plan {{ get; }} = {PlanSource.Of(_plan)};");
    }

    // A layer called Load or Save keeps its name; the interface's methods are then implemented beside ours.
    private void EmitFilesForInterface()
    {
        string face = $"{Api}ILstmModel<{_model.Name}, {_model.Name}.Trainer, {Batch}>";
        if (_model.LoadMethod != "Load")
        {
            _writer.Line();
            _writer.Line($"static {_model.Name} {face}.Load(string path) => {_model.LoadMethod}(path);");
        }

        if (_model.SaveMethod != "Save")
        {
            _writer.Line();
            _writer.Line($"void {face}.Save(string path) => {_model.SaveMethod}(path);");
        }
    }

    private void EmitFiles()
    {
        string sizes = string.Concat(_model.Dimensions.Select(dimension => $"file.Dimension({Text.Quote(NameTable.Plain(dimension.Name))}), "));
        _writer.Line();
        _writer.Line("/// <summary>Reads a model from a weight file, or the newest weights of a checkpoint folder.</summary>");
        _writer.Line("/// <param name=\"path\">The file or the folder.</param>");
        _writer.Line($"/// <exception cref=\"{Api}CheckpointException\">It is missing, damaged, or of another model.</exception>");
        using (_writer.Block($"public static {_model.Name} {_model.LoadMethod}(string path)"))
        {
            using (_writer.Block($"using ({Core}ModelFile file = {Core}ModelFile.Open(path, {Text.Quote(_plan.Name)}))"))
            {
                _writer.Line($"{Core}ModelParameters parameters = {Parts}.CreateParameters({sizes}file.Seed);");
                _writer.Line("file.ReadInto(parameters);");
                _writer.Line($"return new {_model.Name}(parameters);");
            }
        }

        _writer.Line();
        _writer.Line("/// <summary>Writes the weights as one safetensors file with PyTorch's names and layout.</summary>");
        _writer.Line("/// <param name=\"path\">The file; replaced in one step when it exists.</param>");
        _writer.Line($"/// <exception cref=\"{Api}CheckpointException\">The file cannot be written.</exception>");
        _writer.Line($"public void {_model.SaveMethod}(string path) => {Core}ModelFile.Save(path, Parameters);");
        EmitFilesForInterface();
    }
}
