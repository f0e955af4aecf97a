using System.Linq;
using SdCompiler.Generator.Graph;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Emit.Cuda;

/// <content>The launches of a step.</content>
internal sealed partial class CudaTrainerEmitter
{
    private void EmitForward(SourceWriter writer)
    {
        foreach (Node node in _graph.Nodes.Take(LastOfForward() + 1))
        {
            EmitForwardNode(writer, node);
        }
    }

    private void EmitBackward(SourceWriter writer)
    {
        foreach (Node node in _graph.Nodes.Skip(LastOfForward() + 1))
        {
            EmitBackwardNode(writer, node);
        }
    }

    /// <summary>The loss: its own products belong to the backward pass, because the logits of all steps exist at once.</summary>
    private int LastOfForward()
    {
        int last = 0;
        for (int i = 0; i < _graph.Nodes.Length; i++)
        {
            last = _graph.Nodes[i].Kind is NodeKind.SoftmaxLoss or NodeKind.RegressionLoss ? i : last;
        }

        return last;
    }

    private void EmitForwardNode(SourceWriter writer, Node node)
    {
        string layer = KernelName(node.Layer);
        switch (node.Kind)
        {
            case NodeKind.Embedding:
                int width = _graph.Values[node.Writes[0]].Width.Constant;
                writer.Line($"// E1  x[t] = the vector of {Name(node.Layer)} for the token of step t");
                writer.Line($"p.Launch({Use(WindowKernels.Embed(layer, width))}, CudaProgram.Blocks(rows * {width}L), 1, p.Tokens({Input(node)}), {Parameter(node, 0)}, {Written(node)}, rows);");
                break;
            case NodeKind.Series:
                break; // the step's input is what readers read
            case NodeKind.Concat:
                EmitConcat(writer, node);
                break;
            case NodeKind.LastState:
                int states = _graph.Values[node.Reads[0]].Width.Constant;
                writer.Line("// s = what each row has at its own last step");
                writer.Line($"p.Launch({Use(WindowKernels.Last(layer, B, states))}, {(((long)B * states) + CudaKernel.Threads - 1) / CudaKernel.Threads}, 1, {Start(node.Reads[0])}, p.Lengths, {Written(node)});");
                break;
            case NodeKind.MaskedCopy:
                EmitMask(writer, node, Start(node.Reads[0]), Written(node), "mask_" + KernelName(Written(node)), "M1  x times mask and scale", accumulate: false);
                break;
            case NodeKind.Product when node.Site >= 0:
                EmitGatheredProduct(writer, node);
                break;
            case NodeKind.Product:
                writer.Line($"// F1  y = x.W for all steps at once{(_graph.Values[node.Writes[0]].Layout == ValueLayout.Gates ? "; the cell adds b" : string.Empty)}");
                writer.Line($"p.Multiply({Rows(node.Writes[0])}, {Inner(node.Reads[0])}, {Width(_graph.Values[node.Writes[0]])}, {Start(node.Reads[0])}, {Parameter(node, 0)}, {Written(node)});");
                break;
            case NodeKind.RecurrentCell:
                EmitCell(writer, node);
                break;
            case NodeKind.Activation:
                Value x = _graph.Values[node.Writes[1]];
                string activate = Use(WindowKernels.Activate(layer, _graph.Layers[node.Layer].Declared.Activation, x.Width.Constant, Padding.Up(x.Width.Constant, 32)));
                writer.Line($"// A1  x = {_graph.Layers[node.Layer].Declared.Activation} of y + b");
                writer.Line($"p.Launch({activate}, CudaProgram.Blocks(rows * {x.Width.Constant}L), 1, {Read(node, 0)}, {BiasOf(node.Layer)}, {x.Name}, rows);");
                break;
            case NodeKind.SoftmaxLoss:
                string classes = HasLateLoss ? "Classes" : Text.Of(Loss.Width.Constant);
                string softmax = Use(LossKernels.Softmax(layer, B, HasLateLoss ? "CLASSES" : classes, HasLateLoss ? "PADDED" : Width(_graph.Values[node.Reads[0]]), Loss.IgnoreIndex));
                writer.Line("// L1  loss = log(sum of exp(y)) - y[target]; while training y becomes dy = (softmax - onehot) / rows");
                writer.Line($"p.Launch({softmax}, {Rows(node.Reads[0])}, 1, {Read(node, 0)}, {BiasOf(node.Layer)}, p.Targets, p.RowsAt, p.Losses, p.Hits, training ? 1 : 0);");
                break;
            case NodeKind.RegressionLoss:
                string regression = Use(LossKernels.Regression(layer, B, Loss.Width.Constant, Padding.Up(Loss.Width.Constant, 32)));
                writer.Line("// L2  loss = mean over the outputs of (y - target)^2; while training y becomes dy");
                writer.Line($"p.Launch({regression}, CudaProgram.Blocks(rows * 32L), 1, {Read(node, 0)}, {BiasOf(node.Layer)}, p.Targets, p.RowsAt, p.Losses, training ? 1 : 0, rows);");
                break;
        }
    }

    private void EmitBackwardNode(SourceWriter writer, Node node)
    {
        string layer = KernelName(node.Layer);
        switch (node.Kind)
        {
            case NodeKind.DataGradient when node.Site >= 0:
                EmitGatheredDataGradient(writer, node);
                break;
            case NodeKind.DataGradient:
                writer.Line($"// B4  dx {(node.Accumulate() ? "+=" : "=")} dy.W^T for all steps at once");
                writer.Line($"p.MultiplyBack({Rows(node.Reads[0])}, {Inner(node.Writes[0])}, {Width(_graph.Values[node.Reads[0]])}, {Read(node, 0)}, {Parameter(node, 0)}, {Written(node)}, {Text.Of(node.Accumulate())});");
                break;
            case NodeKind.WeightGradient:
                EmitWeightGradient(writer, node);
                break;
            case NodeKind.RecurrentCellGradient:
                EmitCellGradient(writer, node);
                break;
            case NodeKind.ActivationGradient:
                Value y = _graph.Values[node.Reads[1]];
                Node activation = _graph.Nodes.First(other => other.Kind == NodeKind.Activation && other.Layer == node.Layer);
                int columns = Padding.Up(y.Width.Constant, 32);
                string back = Use(WindowKernels.ActivateBackward(layer, _graph.Layers[node.Layer].Declared.Activation, B, y.Width.Constant, columns));
                writer.Line("// A2  dy = dx times the derivative");
                writer.Line($"p.Launch({back}, CudaProgram.Blocks(rows * {columns}L), 1, {Read(node, 0)}, {_graph.Values[activation.Writes[1]].Name}, {Written(node)}, p.RowsAt, rows);");
                break;
            case NodeKind.ConcatGradient:
                EmitConcatGradient(writer, node);
                break;
            case NodeKind.LastStateGradient:
                int last = _graph.Values[node.Reads[0]].Width.Constant;
                writer.Line("// the gradient goes to each row's own last step");
                writer.Line($"p.Launch({Use(WindowKernels.LastBackward(layer, B, last, node.Accumulate()))}, CudaProgram.Blocks(rows * {last}L), 1, {Read(node, 0)}, p.Lengths, {Written(node)}, rows);");
                break;
            case NodeKind.MaskedCopyGradient:
                EmitMask(writer, node, Read(node, 0), Written(node), "unmask_" + KernelName(Read(node, 0)), "M2  the gradient through the same mask and scale", node.Accumulate());
                break;
            case NodeKind.EmbeddingGradient:
                int width = _graph.Values[node.Reads[0]].Width.Constant;
                string input = Input(node);
                writer.Line($"// E2  the gradient of each distinct token's vector of {Name(node.Layer)}");
                writer.Line($"p.Launch({Use(WindowKernels.Scatter(layer, width))}, p.MostDistinct({input}), 1, {Read(node, 0)}, p.DistinctCount({input}), p.DistinctStarts({input}), p.DistinctPositions({input}), {Gradient(node, 0)});");
                break;
        }
    }

    private void EmitConcat(SourceWriter writer, Node node)
    {
        Value joined = _graph.Values[node.Writes[0]];
        writer.Line($"// {Name(node.Layer)}[t] = its sources side by side");
        int start = 0;
        for (int i = 0; i < node.Reads.Length; i++)
        {
            int units = _graph.Values[node.Reads[i]].Width.Constant;
            string join = Use(WindowKernels.Join($"join_{KernelName(node.Layer)}_{i}", Name(node.Layer), units, joined.Width.Constant, start));
            writer.Line($"p.Launch({join}, CudaProgram.Blocks(rows * {units}L), 1, {Start(node.Reads[i])}, {joined.Name}, rows);");
            start += units;
        }
    }

    private void EmitConcatGradient(SourceWriter writer, Node node)
    {
        Value joined = _graph.Values[node.Reads[0]];
        writer.Line($"// the gradient of {Name(node.Layer)} goes to its sources");
        for (int i = 0; i < node.Writes.Length; i++)
        {
            Value part = _graph.Values[node.Writes[i]];
            int units = part.Width.Constant;
            string split = Use(WindowKernels.Split($"split_{KernelName(node.Layer)}_{i}", Name(node.Layer), units, joined.Width.Constant, node.Starts[i], node.Accumulate(i)));
            writer.Line($"p.Launch({split}, CudaProgram.Blocks(rows * {units}L), 1, {joined.Name}, {part.Name}, rows);");
        }
    }

    /// <summary>How many rows a value has: those of all steps, or one for each row of the batch.</summary>
    private string Rows(int value) => _graph.Values[value].Extent == ValueExtent.Once ? "B" : "rows";

    private void EmitMask(SourceWriter writer, Node node, string from, string to, string kernel, string what, bool accumulate)
    {
        int units = _graph.Sites[node.Site].Units;
        string name = Use(WindowKernels.Mask(kernel, $"{what}, {SiteText(node.Site)}.", B, units, accumulate));
        writer.Line($"// {what}, {SiteText(node.Site)}");
        string rows = node.Kind == NodeKind.RecurrentCell ? "rows" : Rows(node.Reads[0]);
        writer.Line($"p.Launch({name}, CudaProgram.Blocks({rows} * {units}L), 1, {from}, {to}, {Bits(node)}, {rows});");
    }

    private void EmitCell(SourceWriter writer, Node node)
    {
        string layer = KernelName(node.Layer);
        int units = _graph.Values[node.Reads[1]].Width.Constant;
        CellMask mask = MaskOf(node);
        string arguments = mask switch
        {
            CellMask.List => $", p.Kept({Site(node)}), p.Counts({Site(node)}), p.Scale({Site(node)})",
            CellMask.Bits => ", " + Bits(node),
            _ => string.Empty,
        };
        string kernel = Use(CellKernels.Forward(layer, B, units, mask));
        writer.Line($"// F1-F4  a[t] += h[t-1].Wh{(mask == CellMask.List ? " over kept units" : string.Empty)} + b; i, f, o = sigmoid, g = tanh; c[t] = f*c[t-1] + i*g; h[t] = o*tanh(c[t]): one launch a step");
        writer.Line($"p.CountChain({(mask == CellMask.List ? Site(node) : "-1")}, {units}, 0, steps, 4L * B * {units});");
        using (writer.Block("for (int t = 0; t < steps; t++)"))
        {
            writer.Line($"p.Launch({kernel}, {CellKernels.Gates(units) / 32}, {RowTile.Tiles(B)}, {Read(node, 0)}, {Read(node, 1)}, {Read(node, 2)}, {Parameter(node, 0)}, {BiasOf(node.Layer)}{arguments}, t);");
        }
    }

    private void EmitCellGradient(SourceWriter writer, Node node)
    {
        string layer = KernelName(node.Layer);
        int units = _graph.Values[node.Reads[1]].Width.Constant;
        CellMask mask = MaskOf(node);
        string next = _graph.Values[node.Writes[1]].Name;
        string dc = _graph.Values[node.Writes[2]].Name;
        string bits = mask == CellMask.None ? string.Empty : ", " + Bits(node);
        string lists = mask == CellMask.List ? $", p.Kept({Site(node)}), p.Counts({Site(node)})" : string.Empty;
        string gates = Use(CellKernels.BackwardGates(layer, B, units, mask));
        string state = Use(CellKernels.BackwardState(layer, B, units, mask));
        writer.Line($"// B1-B3  dh = from above + from step t+1; dc += dh*o*(1 - tanh(c)^2); gates become da; dc *= f; dh[t-1] = da[t].Wh^T{(mask == CellMask.List ? " for kept units" : string.Empty)}: two launches a step, one at t = 0");
        writer.Line($"p.CountChain({(mask == CellMask.List ? Site(node) : "-1")}, {units}, 1, steps, 4L * B * {units});");
        using (writer.Block("for (int t = steps - 1; t >= 0; t--)"))
        {
            writer.Line($"p.Launch({gates}, {((B * units) + CudaKernel.Threads - 1) / CudaKernel.Threads}, 1, {Read(node, 0)}, {Read(node, 1)}, {Read(node, 2)}, {next}, {dc}, p.RowsAt{bits}, t);");
            writer.Line("if (t == 0) break; // the carried state gets no gradient");
            writer.Line($"p.Launch({state}, {(units + 7) / 8}, {RowTile.Tiles(B)}, {Read(node, 0)}, {Parameter(node, 0)}, {next}{lists}, t);");
        }
    }

    private void EmitWeightGradient(SourceWriter writer, Node node)
    {
        bool recurrent = node.Parameters.Length == 1;
        Value dy = _graph.Values[node.Reads[1]];
        if (node.Form == ProductForm.KeptRowUpdates)
        {
            EmitGatheredWeightGradient(writer, node, recurrent);
            EmitBiasGradient(writer, node, recurrent);
            return;
        }

        string x = recurrent ? RecurrentInput(writer, node) : Start(node.Reads[0]);
        writer.Line($"// B5  d{_graph.Parameters[node.Parameters[0]].Name} = x^T.dy for all steps at once{(recurrent ? string.Empty : ", and the bias's sum of dy")}");
        writer.Line($"p.MultiplyGradient({Rows(node.Reads[1])}, {Inner(node.Reads[0])}, {Width(dy)}, {x}, {dy.Name}, {Gradient(node, 0)});");
        EmitBiasGradient(writer, node, recurrent);
    }

    private void EmitBiasGradient(SourceWriter writer, Node node, bool recurrent)
    {
        if (!recurrent)
        {
            Value dy = _graph.Values[node.Reads[1]];
            string sums = Use(WindowKernels.ColumnSums("column_sums_" + KernelName(node.Layer), Columns(dy)));
            writer.Line($"p.Launch({sums}, {Width(dy)} / 32, 1, {dy.Name}, {Gradient(node, 1)}, {Rows(node.Reads[1])});");
        }
    }

    /// <summary>A product whose mask is one list for the whole window: x and the weights are gathered, and the product is over kept units alone.</summary>
    private void EmitGatheredProduct(SourceWriter writer, Node node)
    {
        Value y = _graph.Values[node.Writes[0]];
        SiteInfo site = _graph.Sites[node.Site];
        string weight = Parameter(node, 0);
        string gather = Use(WindowKernels.Gather("gather_" + KernelName(Packed(node)), site.Units, site.Kept));
        string rows = Use(WindowKernels.Rows("rows_" + KernelName(weight), Columns(y), site.Kept, back: false));
        string count = Rows(node.Writes[0]);
        writer.Line($"// F1  y = x.W for all steps at once; while training over the {site.Kept} of {site.Units} units that {SiteText(node.Site)} keeps in this window");
        using (writer.Block("if (training)"))
        {
            writer.Line($"p.Launch({gather}, CudaProgram.Blocks({count} * {site.Kept}L), 1, {Start(node.Reads[0])}, {Packed(node)}, p.Kept({Site(node)}), p.Scale({Site(node)}), {count});");
            writer.Line($"p.Launch({rows}, CudaProgram.Blocks({site.Kept}L * {Width(y)}), 1, {weight}, Kept{weight}, p.Kept({Site(node)}));");
            writer.Line($"p.Multiply({count}, {site.Kept}, {Width(y)}, {Packed(node)}, Kept{weight}, {y.Name});");
        }

        using (writer.Block("else"))
        {
            writer.Line($"p.Multiply({count}, {site.Units}, {Width(y)}, {Start(node.Reads[0])}, {weight}, {y.Name});");
        }
    }

    private void EmitGatheredDataGradient(SourceWriter writer, Node node)
    {
        Value dy = _graph.Values[node.Reads[0]];
        SiteInfo site = _graph.Sites[node.Site];
        string weight = Parameter(node, 0);
        string spread = Use(WindowKernels.Spread("spread_" + KernelName(Packed(node)), site.Units, site.Kept, node.Accumulate()));
        writer.Line($"// B4  dx {(node.Accumulate() ? "+=" : "=")} dy.W^T for the kept units alone");
        string count = Rows(node.Reads[0]);
        writer.Line($"p.MultiplyBack({count}, {site.Kept}, {Width(dy)}, {dy.Name}, Kept{weight}, D{Packed(node)}, false);");
        if (!node.Accumulate())
        {
            writer.Line($"p.Clear({Written(node)}, {count} * {site.Units}L);");
        }

        writer.Line($"p.Launch({spread}, CudaProgram.Blocks({count} * {site.Kept}L), 1, D{Packed(node)}, {Written(node)}, p.Kept({Site(node)}), p.Scale({Site(node)}), {count});");
    }

    private void EmitGatheredWeightGradient(SourceWriter writer, Node node, bool recurrent)
    {
        Value dy = _graph.Values[node.Reads[1]];
        SiteInfo site = _graph.Sites[node.Site];
        string weight = Parameter(node, 0);
        string spread = Use(WindowKernels.Rows("unrows_" + KernelName(weight), Columns(dy), site.Kept, back: true));
        if (recurrent)
        {
            Node cell = _graph.Nodes.First(other => other.Kind == NodeKind.RecurrentCell && other.Layer == node.Layer);
            string gather = Use(WindowKernels.Gather("gather_" + KernelName(Packed(node)), site.Units, site.Kept));
            writer.Line($"p.Launch({gather}, CudaProgram.Blocks(rows * {site.Kept}L), 1, {Read(cell, 1)}, {Packed(node)}, p.Kept({Site(node)}), p.Scale({Site(node)}), rows);");
        }

        writer.Line($"// B5  d{_graph.Parameters[node.Parameters[0]].Name} = x^T.dy for the kept rows alone, the others are 0{(recurrent ? string.Empty : "; and the bias's sum of dy")}");
        writer.Line($"p.MultiplyGradient({Rows(node.Reads[1])}, {site.Kept}, {Width(dy)}, {Packed(node)}, {dy.Name}, DKept{weight});");
        writer.Line($"p.Clear({Gradient(node, 0)}, {site.Units}L * {Width(dy)});");
        writer.Line($"p.Launch({spread}, CudaProgram.Blocks({site.Kept}L * {Width(dy)}), 1, DKept{weight}, {Gradient(node, 0)}, p.Kept({Site(node)}));");
    }

    /// <summary>The kept units of what a product reads, side by side.</summary>
    private string Packed(Node node) => $"Kept{_graph.Sites[node.Site].Kind}_{Name(node.Layer)}";

    /// <summary>Floats of a row of a value, in CUDA C.</summary>
    private string Columns(Value value) => value.Width.IsConstant ? Width(value) : "PADDED";

    /// <summary>What the matrix of a chain meets at step t: the state before the step, through its mask.</summary>
    private string RecurrentInput(SourceWriter writer, Node node)
    {
        Node cell = _graph.Nodes.First(other => other.Kind == NodeKind.RecurrentCell && other.Layer == node.Layer);
        string h = _graph.Values[cell.Reads[1]].Name;
        if (cell.Site < 0)
        {
            return h;
        }

        string masked = MaskedState(node.Layer);
        EmitMask(writer, cell, h, masked, "mask_" + KernelName(masked), "M1  h[t-1] times mask and scale", accumulate: false);
        return masked;
    }

    private string MaskedState(int layer) => "MaskedState_" + Name(layer);

    private string Bits(Node node) => $"p.Bits({Site(node)}), p.Scale({Site(node)}), p.BitStep({Site(node)}), p.BitStride({Site(node)})";

    private string SiteText(int site) => $"{_graph.Sites[site].Kind.ToString().ToLowerInvariant()} dropout of {Name(_graph.Sites[site].Layer)}";

    private string Input(Node node) => Text.Of(_graph.Inputs.IndexOf(node.Layer));

    private string Read(Node node, int index) => _graph.Values[node.Reads[index]].Name;

    private string Written(Node node) => _graph.Values[node.Writes[0]].Name;

    private string Inner(int value) => Text.Of(_graph.Values[value].Width.Constant);

    /// <summary>Where step 0 of a value is, as products see it: a carried value begins with the state before the window.</summary>
    private string Start(int value)
    {
        Value read = _graph.Values[value];
        return read.IsState ? $"CudaProgram.Offset({read.Name}, B * {read.Width.Constant})" : IsSeries(read) ? $"p.Series({Text.Of(_graph.Inputs.IndexOf(read.Layer))})" : read.Name;
    }

    private string BiasOf(int layer) => _graph.Parameters[_graph.Nodes.First(node => node.Kind == NodeKind.Product && node.Layer == layer).Parameters[1]].Field;
}
