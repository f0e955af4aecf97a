using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit;

/// <content>Constants, offsets, fields and the constructor.</content>
internal sealed partial class CpuTrainerEmitter
{
    /// <summary>Values whose size a dimension decides, in the order in which they lie behind all others.</summary>
    private IEnumerable<Value> LateValues => _graph.Values.Where(value => value.FirstUse >= 0 && IsLate(value));

    private bool HasLateLogits => _graph.Values.Any(IsLate);

    private string LossColumns => _graph.Parameters.Last(parameter => parameter.Kind == ParameterKind.Vector).Field + ".PaddedColumns";

    private void EmitConstants()
    {
        _writer.Line($"private const int T = {_graph.TimeSteps}, B = {_graph.BatchSize};");
        foreach (StateInfo state in _graph.States)
        {
            string name = Name(state.Layer);
            Value h = _graph.Values[state.Hidden];
            int cells = _graph.Values[state.Cell].PaddedWidth;
            string padded = cells == h.Width.Constant ? string.Empty : "   // units rounded up to 8 in gates and cell states";
            _writer.Line(
                $"private const int Units_{name} = {h.Width.Constant}, StepH_{name} = {Batch(state.Layer)} * Units_{name}, StepC_{name} = {Batch(state.Layer)} * {cells}, StepG_{name} = 4 * StepC_{name};{padded}");
        }

        foreach (int layer in _graph.Inputs.Where(input => _graph.Layers[input].Declared.Characters is not null))
        {
            if (_graph.Layers[layer].Declared.Kind == LayerKind.CharacterLstm)
            {
                _writer.Line($"private const int Rows_{Name(layer)} = B * T;   // the most words of a window");
                continue;
            }

            _writer.Line($"private const int Rows_{Name(layer)} = B * {Text.Of(_graph.Layers[layer].Declared.Characters!.MaximumLength)};   // the most characters of a step");
        }

        if (Logits.RowsEach > 1)
        {
            _writer.Line($"private const int {RowsOf(Logits)} = B * {Text.Of(Logits.RowsEach)};   // a row for each expert");
        }

        if (_graph.Sites.Length > 0)
        {
            _writer.Line();
            _writer.Line("// Dropout sites, by their numbers in the mask set.");
            for (int i = 0; i < _graph.Sites.Length; i++)
            {
                SiteInfo site = _graph.Sites[i];
                string kept = string.Join("; ", _plan.Variants
                    .Where(variant => variant.Body == _body)
                    .GroupBy(variant => FileHeader.KeptText(site, variant.Choices[i]))
                    .Select(group => "keeps " + group.Key + (group.First().Variant.Name.Length == 0 ? string.Empty : $" ({string.Join(", ", group.Select(v => v.Variant.Name))})")));
                _writer.Line($"private const int {site.Constant} = {i};   // {kept}");
            }
        }
    }

    private void EmitOffsets()
    {
        _writer.Line();
        _writer.Line("// Workspace offsets in floats; buffers whose lives do not meet share memory. Lives are counted in parts of the step between barriers.");
        foreach (Value value in _graph.Values.Where(value => value.Offset >= 0))
        {
            _writer.Line($"private const int {value.Name} = {Text.Of(value.Offset)};   // {Shape(value)}, {Life(value)}");
        }

        foreach (Value value in LateValues.Take(1))
        {
            _writer.Line($"private const int {value.Name} = Fixed;   // {Shape(value)}, {Life(value)}; behind all others, because V is known late");
        }

        foreach (Value value in LateValues.Skip(1))
        {
            _writer.Line($"private readonly int {value.Name};   // {Shape(value)}, {Life(value)}; behind these");
        }

        _writer.Line($"private const int Fixed = {Text.Of(_graph.WorkspaceFloats)};");
        if (!HasLateLogits && _graph.Values.Any(value => value.Extent == ValueExtent.Chunk))
        {
            _writer.Line($"private const int Chunk = {_graph.ChunkSteps};   // steps whose logits exist at once");
        }
    }

    private string Shape(Value value)
    {
        string width = IsLate(value) ? "V" : Text.Of(value.PaddedWidth);
        string rows = value.Characters > 0 ? "B*T" : value.RowsEach == 1 ? "B" : $"B*{Text.Of(value.RowsEach)}";
        string inner = value.Layout switch
        {
            ValueLayout.UnitMajor => $"{width}, {rows}",
            ValueLayout.TagScores => $"B, {(IsLate(value) ? "V+2" : Text.Of(value.Width.Constant + 2))}, {width}",
            _ => $"{rows}, {width}",
        };
        return value.Extent switch
        {
            ValueExtent.Steps when value.Characters > 0 => $"[{Text.Of(value.Characters)}, {inner}]",
            ValueExtent.Carried when value.Characters > 0 => $"[{Text.Of(value.Characters + 1)}, {inner}], slot 0 stays zero",
            ValueExtent.Reversed when value.Characters > 0 => $"[{Text.Of(value.Characters + 2)}, {inner}], behind a word's last slot are the zeros that it starts from",
            ValueExtent.Steps => $"[T, {inner}]",
            ValueExtent.Carried => $"[T+1, {inner}], slot 0 {FirstSlot(value)}",
            ValueExtent.Reversed => $"[T+2, {inner}], behind a row's last slot are the zeros that it starts from",
            ValueExtent.Chunk => $"[chunk, {inner}]",
            _ => $"[{inner}]",
        };
    }

    /// <summary>What stands before the first step.</summary>
    private string FirstSlot(Value value) => !_plan.Model.IsSentenceModel ? "is the carried state"
        : _graph.Layers[value.Layer].Declared.InitialState is string encoder ? $"is where {NameTable.Plain(encoder)} ends" : "stays zero";

    private static string Life(Value value) => value.IsState ? "lives on" : $"alive in {value.FirstUse} to {value.LastUse}";

    private void EmitFields()
    {
        _writer.Line();
        foreach (ParameterInfo parameter in _graph.Parameters)
        {
            string type = TypeOf(parameter);
            _writer.Line($"private readonly {type}Parameter {parameter.Field};");
            if (!parameter.IsFrozen)
            {
                _writer.Line($"private readonly {type}Gradient D{parameter.Field};");
            }

            foreach (MatrixPart part in PartsOf(parameter))
            {
                _writer.Line($"private readonly MatrixParameter {parameter.Field}_{part.Number};   // rows {part.Start} to {part.Start + part.Rows - 1}");
                _writer.Line($"private readonly MatrixGradient D{parameter.Field}_{part.Number};");
            }
        }

        foreach (Node node in DroppedWeights)
        {
            _writer.Line($"private readonly DroppedMatrix {DroppedField(node)};   // the weights that a window trains with, beside those that it changes");
        }

        if (HasLateLogits && _graph.Values.Any(value => value.Extent == ValueExtent.Chunk))
        {
            _writer.Line("private readonly int Chunk;   // steps whose logits exist at once");
        }

        foreach (int layer in _plan.WordDropouts)
        {
            _writer.Line($"private readonly double WordDropout_{Name(layer)};");
        }
    }

    private void EmitConstructor()
    {
        string words = string.Concat(_plan.WordDropouts.Select(layer => $", double wordDropout_{Name(layer)}"));
        ParameterInfo lossWeight = _graph.LossMatrix;
        string lossMatrix = $"parameters.Matrix({Text.Quote(lossWeight.Name)})";
        _writer.Line();
        _writer.Line($"public {_body.ClassName}(ModelParameters parameters, MaskSite[] sites{words})");
        using (_writer.Indented())
        {
            _writer.Line(": base(");
            using (_writer.Indented())
            {
                _writer.Line("parameters,");
                _writer.Line($"{WindowSource.Window(_graph, "T", "B", Target(lossMatrix))},");
                _writer.Line("new MaskSet(parameters.Seed, sites, T, B),");
                IEnumerable<string> slots = CarriedStates.Select(state =>
                    $"new StateSlot({Text.Quote(_graph.Layers[state.Layer].Label)}, Units_{Name(state.Layer)}, {_graph.Values[state.Hidden].Name}, {_graph.Values[state.Cell].Name}, StepH_{Name(state.Layer)}, StepC_{Name(state.Layer)})");
                _writer.Line($"{Array("StateSlot", slots)},");
                _writer.Line(LateFloats(lossMatrix) is string late ? $"Fixed + {late})" : "Fixed)");
            }
        }

        using (_writer.Block())
        {
            if (_plan.Model.IsSentenceModel)
            {
                _writer.Line("IsSentenceModel = true;   // each row is a whole sentence: no state goes from window to window");
            }

            foreach (ParameterInfo parameter in _graph.Parameters)
            {
                _writer.Line($"{parameter.Field} = parameters.{TypeOf(parameter)}({Text.Quote(parameter.Name)});");
                LayerInfo? spelled = _graph.Layers.FirstOrDefault(layer => layer.Declared.Characters is not null && parameter.Field == "Table_" + layer.Name);
                MatrixPart[] parts = PartsOf(parameter);
                string steps = spelled?.Declared is { Kind: LayerKind.CharacterLstm } spelling ? Text.Of(spelling.Characters!.MaximumLength) : "T";
                string most = parameter.Kind == ParameterKind.Table ? $", {steps} * {(spelled is null ? "B" : "Rows_" + spelled.Name)}" : parts.Length > 0 ? ", " + Text.Of(parts.Length) : string.Empty;
                if (!parameter.IsFrozen)
                {
                    _writer.Line($"D{parameter.Field} = new {TypeOf(parameter)}Gradient({parameter.Field}{most});");
                }

                foreach (MatrixPart part in parts)
                {
                    _writer.Line($"{parameter.Field}_{part.Number} = {parameter.Field}.Part({part.Start}, {part.Rows});");
                    _writer.Line($"D{parameter.Field}_{part.Number} = D{parameter.Field}.Part({part.Start}, {part.Rows}, {part.Number});");
                }
            }

            foreach (Node node in DroppedWeights)
            {
                _writer.Line($"{DroppedField(node)} = new DroppedMatrix({Parameter(node, 0)});");
            }

            _writer.Line($"Gradients = {Array("ParameterGradient", _graph.Parameters.Where(parameter => !parameter.IsFrozen).Select(parameter => "D" + parameter.Field))};");
            if (HasLateLogits && _graph.Values.Any(value => value.Extent == ValueExtent.Chunk))
            {
                _writer.Line($"Chunk = LateBuffer.ChunkSteps(T, {RowsOf(Logits)}, {lossWeight.Field}.Columns);");
            }

            EmitLateOffsets($"{lossWeight.Field}.Columns");
            foreach (int layer in _plan.WordDropouts)
            {
                _writer.Line($"WordDropout_{Name(layer)} = wordDropout_{Name(layer)};");
            }

            if (_plan.WordDropouts.Any())
            {
                IEnumerable<string> rates = _plan.WordDropouts.Select(layer => $"[{Text.Quote(_graph.Layers[layer].Label)}] = wordDropout_{Name(layer)}");
                _writer.Line($"WordDropout = new global::System.Collections.Generic.Dictionary<string, double> {{ {string.Join(", ", rates)} }};");
            }
        }
    }

    /// <summary>The parts of a matrix that products read, where several inputs stand side by side.</summary>
    private MatrixPart[] PartsOf(ParameterInfo parameter) => WindowSource.PartsOf(_graph, parameter);

    private string? LateFloats(string lossMatrix)
    {
        if (!HasLateLogits)
        {
            return null;
        }

        return string.Join(" + ", LateValues.Select(value => LateFloats(value, $"{lossMatrix}.Columns")));
    }

    private string LateFloats(Value value, string columns)
    {
        string buffer = $"new LateBuffer(0, {(value.Extent == ValueExtent.Once ? "1" : "T")}, {RowsOf(value)}){PlanSource.LateShape(value)}";
        return $"{buffer}.Floats({columns})";
    }

    /// <summary>The places of late values behind the first, each after the one before.</summary>
    private void EmitLateOffsets(string columns)
    {
        Value? before = null;
        foreach (Value value in LateValues)
        {
            if (before is not null)
            {
                _writer.Line($"{value.Name} = checked((int)({before.Name} + {LateFloats(before, columns)}));");
            }

            before = value;
        }
    }

    /// <summary>The states that go from window to window.</summary>
    private IEnumerable<StateInfo> CarriedStates => _plan.Model.IsSentenceModel ? [] : _graph.States.Where(state => state.IsCarried);

    private string Target(string lossMatrix) => WindowSource.Target(_graph, lossMatrix);

    private static string TypeOf(ParameterInfo parameter) => WindowSource.TypeOf(parameter);

    private static string Array(string type, IEnumerable<string> items) => WindowSource.Array(type, items);
}
