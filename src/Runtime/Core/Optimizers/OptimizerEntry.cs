using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime;

/// <summary>One parameter under an optimizer: its gradient, and the buffers that the optimizer keeps for it in the parameter's own layout.</summary>
internal sealed class OptimizerEntry
{
    private readonly Parameter _parameter;
    private readonly Parameter[] _moments;

    public OptimizerEntry(Parameter parameter, ParameterGradient gradient, Optimizer optimizer)
    {
        IReadOnlyList<string> moments = optimizer.Moments;
        _parameter = parameter;
        Gradient = gradient;
        _moments = new Parameter[moments.Count];
        for (int i = 0; i < _moments.Length; i++)
        {
            _moments[i] = Like(parameter, $"{parameter.Name}.{moments[i]}");
        }

        if (parameter is TableParameter table && optimizer.DeferredRule(default) is not null)
        {
            Deferred = new DeferredMoves(table, (TableParameter?)(_moments.Length == 0 ? null : _moments[0]));
        }
    }

    public ParameterGradient Gradient { get; }

    /// <summary>What rows of a table have to make up for; null for other parameters, and under an optimizer whose rows may not wait.</summary>
    public DeferredMoves? Deferred { get; private init; }

    public IReadOnlyList<Parameter> Moments => _moments;

    /// <summary>The numbers of the current update.</summary>
    public UpdateStep Step { get; private set; }

    /// <summary>Fixes the numbers of the next update; one lane alone, before a barrier.</summary>
    public void Begin(in UpdateStep step, Optimizer optimizer)
    {
        Step = step;
        if (MayDefer(optimizer))
        {
            Deferred!.Begin(optimizer.DeferredRule(step)!.Value);
        }
    }

    /// <summary>Updates this lane's panels or rows; the plain rows of a matrix are written in the same pass.</summary>
    public void Apply(Lane lane, Optimizer optimizer)
    {
        switch (_parameter)
        {
            case MatrixParameter matrix:
                ApplyMatrix(lane, optimizer, matrix, (MatrixGradient)Gradient);
                break;
            case VectorParameter vector:
                ApplyVector(lane, optimizer, vector, (VectorGradient)Gradient);
                break;
            case TableParameter when MayDefer(optimizer):
                Deferred!.Apply(lane, (TableGradient)Gradient);
                break;
            case TableParameter table when optimizer.MovesWithoutGradient(Step.Decay):
                ApplyWholeTable(lane, optimizer, table, (TableGradient)Gradient);
                break;
            case TableParameter table:
                ApplyTableRows(lane, optimizer, table, (TableGradient)Gradient);
                break;
        }
    }

    /// <summary>Rows without gradient wait where they would move, and where others already wait.</summary>
    private bool MayDefer(Optimizer optimizer) => Deferred is not null && (Deferred.ArePending || optimizer.MovesWithoutGradient(Step.Decay));

    private unsafe void ApplyMatrix(Lane lane, Optimizer optimizer, MatrixParameter matrix, MatrixGradient gradient)
    {
        float* rows = matrix.HasRows ? matrix.RowsPointer() : null;
        Share panels = lane.Share(matrix.Panels);
        for (int panel = panels.Start; panel < panels.End; panel++)
        {
            long at = (long)panel * matrix.Rows * KernelSet.PanelColumns;
            float* copy = rows is null ? null : rows + (panel * KernelSet.PanelColumns);
            optimizer.Update(
                lane.Kernels, Step, matrix.Panel(panel), gradient.Panel(panel), Moment(0, at), Moment(1, at), matrix.Rows, KernelSet.PanelColumns, copy, matrix.PaddedColumns);
        }
    }

    private unsafe void ApplyVector(Lane lane, Optimizer optimizer, VectorParameter vector, VectorGradient gradient)
    {
        Share panels = lane.Share(vector.Panels);
        if (panels.Count > 0)
        {
            long at = (long)panels.Start * KernelSet.PanelColumns;
            optimizer.Update(
                lane.Kernels, Step, vector.Panel(panels.Start), gradient.Panel(panels.Start), Moment(0, at), Moment(1, at), panels.Count, KernelSet.PanelColumns, null, 0);
        }
    }

    /// <summary>Rows without gradient would not move: only the others are touched.</summary>
    private unsafe void ApplyTableRows(Lane lane, Optimizer optimizer, TableParameter table, TableGradient gradient)
    {
        Share slots = lane.Share(gradient.Count);
        ReadOnlySpan<int> tokens = gradient.Tokens;
        for (int slot = slots.Start; slot < slots.End; slot++)
        {
            optimizer.Update(lane.Kernels, Step, table.Row(tokens[slot]), gradient.Row(slot), null, null, 1, table.Width, null, 0);
        }
    }

    /// <summary>Momentum and decay move rows without gradient too, exactly as if the gradient were a dense one of zeros there.</summary>
    private unsafe void ApplyWholeTable(Lane lane, Optimizer optimizer, TableParameter table, TableGradient gradient)
    {
        Share tokens = lane.Share(table.Tokens);
        for (int token = tokens.Start; token < tokens.End; token++)
        {
            int slot = gradient.FindSlot(token);
            long at = (long)token * table.Width;
            optimizer.Update(lane.Kernels, Step, table.Row(token), slot < 0 ? null : gradient.Row(slot), Moment(0, at), Moment(1, at), 1, table.Width, null, 0);
        }
    }

    private unsafe float* Moment(int index, long at) => index < _moments.Length ? _moments[index].Storage.Pointer + at : null;

    private static Parameter Like(Parameter parameter, string name) => parameter switch
    {
        MatrixParameter matrix => new MatrixParameter(name, matrix.Rows, matrix.Columns, matrix.Order),
        VectorParameter vector => new VectorParameter(name, vector.Columns, vector.Order),
        TableParameter table => new TableParameter(name, table.Tokens, table.Width),
        _ => throw new ArgumentException($"'{parameter.Name}' is a {parameter.GetType().Name}, which no optimizer knows.", nameof(parameter)),
    };
}
