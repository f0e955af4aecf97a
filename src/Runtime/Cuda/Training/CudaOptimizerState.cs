using System;
using System.Collections.Generic;

namespace SdCompiler.Runtime.Cuda;

/// <summary>The optimizer's buffers on the device, and the launches of its step: the norm of the gradient, the decision, the update of every parameter.</summary>
internal sealed class CudaOptimizerState : OptimizerState
{
    /// <summary>Blocks, and so partial sums, of one parameter's norm: the kernel <c>squares</c> counts on it.</summary>
    private const int NormParts = 64;

    private readonly CudaProgram _program;
    private readonly nint _parts;
    private readonly nint[] _slots;
    private readonly CudaFunction _squares, _decide, _update, _updateRows, _updateTable, _markRows;

    /// <summary>State of zeros.</summary>
    /// <exception cref="ArgumentException">A parameter group takes no parameter, or the optimizer has no kernel.</exception>
    public CudaOptimizerState(Optimizer optimizer, ModelParameters parameters, CudaProgram program)
        : base(optimizer, parameters)
    {
        if (optimizer is not (Sgd or Adam))
        {
            throw new ArgumentException($"The optimizer {optimizer.GetType().Name} has no kernel on the device; use Sgd, Adam or AdamW, or train on the CPU.", nameof(optimizer));
        }

        _program = program;
        int count = parameters.All.Count;
        _parts = program.Scratch((long)count * NormParts * sizeof(double));
        _slots = new nint[count];
        string rule = optimizer is Sgd ? "sgd" : "adam";
        _squares = program.Kernel("squares");
        _decide = program.Kernel("decide");
        _update = program.Kernel(rule);
        _updateRows = program.Kernel("sgd_rows");
        _updateTable = program.Kernel(rule + "_table");
        _markRows = program.Kernel("mark_rows");
        for (int i = 0; i < count; i++)
        {
            if (program.Parameter(i).IsTable)
            {
                _slots[i] = program.Zeros((long)program.Parameter(i).Rows * sizeof(int));
            }
        }
    }

    /// <summary>Where the decision lies on the device: norm, scale, and 1 where the step counts.</summary>
    private nint Outcome => _program.OutputBlock + (nint)_program.Output.Outcome;

    /// <summary>Set when the trainer is disposed.</summary>
    public bool IsDisposed { get; set; }

    /// <summary>Notes that the last step changed the weights.</summary>
    public void CountUpdate() => Updates++;

    /// <summary>Writes the numbers of the next update, should there be one.</summary>
    public void WriteRules(PinnedBuffer to)
    {
        StepInput input = _program.Input;
        Span<double> limits = to.Span<double>((long)input.Limits * sizeof(int), 2);
        limits[0] = Optimizer.ClipNorm;
        limits[1] = 0;
        for (int i = 0; i < Parameters.All.Count; i++)
        {
            limits[1] = Math.Max(limits[1], Rate(i));
            Write(StepInput.Floats(to, input.Rules + (i * StepInput.RuleFloats), StepInput.RuleFloats), Rate(i), Decay(i));
        }
    }

    /// <summary>Launches the optimizer's part of a step.</summary>
    /// <param name="losses">How many losses the window has.</param>
    public void Record(int losses)
    {
        CudaProgram p = _program;
        int count = Parameters.All.Count;
        for (int i = 0; i < count; i++)
        {
            DeviceParameter parameter = p.Parameter(i);
            nint rows = parameter.IsTable ? p.DistinctCount(p.InputOfTable(i)) : 0;
            p.Launch(_squares, NormParts, 1, parameter.Gradient, (long)parameter.GradientRows, parameter.Columns, rows, _parts + (i * NormParts * sizeof(double)));
        }

        p.Launch(_decide, 1, 1, _parts, count * NormParts, p.Losses, losses, p.At(p.Input.Limits), Outcome);
        for (int i = 0; i < count; i++)
        {
            DeviceParameter parameter = p.Parameter(i);
            nint rule = p.At(p.Input.Rules + (i * StepInput.RuleFloats));
            if (parameter.IsTable)
            {
                RecordTable(parameter, i, rule);
            }
            else if (Optimizer is Sgd)
            {
                p.Launch(_update, CudaProgram.Blocks(parameter.Floats), 1, parameter.Values, parameter.Gradient, parameter.Moment(0), parameter.Floats, rule, Outcome);
            }
            else
            {
                p.Launch(_update, CudaProgram.Blocks(parameter.Floats), 1, parameter.Values, parameter.Gradient, parameter.Moment(0), parameter.Moment(1), parameter.Floats, rule, Outcome);
            }
        }
    }

    /// <summary>Whether a table is updated as a whole; a graph that was recorded with another answer does not serve.</summary>
    private bool MovesWholeTables(int parameter) => Optimizer.MovesWithoutGradient(Decay(parameter));

    /// <summary>One bit for each table, by its number among the tables: what the recorded launches depend on. A model has at most 64 layers, and so tables.</summary>
    public long RecordedChoices()
    {
        long bits = 0;
        int table = 0;
        for (int i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] != 0)
            {
                bits |= MovesWholeTables(i) ? 1L << table : 0;
                table++;
            }
        }

        return bits;
    }

    public override List<TensorSource> Tensors()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, typeof(LstmTrainer)); // what it remembers went with the device's memory
        var tensors = new List<TensorSource>();
        for (int i = 0; i < Parameters.All.Count; i++)
        {
            DeviceParameter parameter = _program.Parameter(i);
            for (int m = 0; m < Optimizer.Moments.Count; m++)
            {
                int moment = m;
                tensors.Add(new TensorSource(MomentName(i, m), ParameterTensors.Shape(parameter.Parameter), span => parameter.ReadMoment(moment).CopyTo(span)));
            }
        }

        return tensors;
    }

    public override Action Read(SafetensorsFile file, long updates, long? averagingSince)
    {
        var values = new List<(DeviceParameter Parameter, int Moment, float[] Values)>();
        for (int i = 0; i < Parameters.All.Count; i++)
        {
            for (int m = 0; m < Optimizer.Moments.Count; m++)
            {
                values.Add((_program.Parameter(i), m, file.Read(MomentName(i, m), ParameterTensors.Shape(Parameters.All[i]))));
            }
        }

        return () =>
        {
            Updates = updates;
            foreach ((DeviceParameter parameter, int moment, float[] numbers) in values)
            {
                parameter.WriteMoment(moment, numbers);
            }
        };
    }

    private string MomentName(int parameter, int moment) => $"{Parameters.All[parameter].Name}.{Optimizer.Moments[moment]}";

    private void RecordTable(DeviceParameter parameter, int index, nint rule)
    {
        CudaProgram p = _program;
        int input = p.InputOfTable(index);
        nint tokens = p.At(p.Input.Tables[input].Tokens);
        nint count = p.DistinctCount(input);
        if (!MovesWholeTables(index))
        {
            p.Launch(_updateRows, parameter.GradientRows, 1, parameter.Values, parameter.Gradient, tokens, count, parameter.Columns, rule, Outcome);
            return;
        }

        p.Launch(_markRows, CudaProgram.Blocks(parameter.GradientRows), 1, _slots[index], tokens, count, 1);
        if (Optimizer is Sgd)
        {
            p.Launch(_updateTable, parameter.Rows, 1, parameter.Values, parameter.Gradient, parameter.Moment(0), _slots[index], parameter.Columns, rule, Outcome);
        }
        else
        {
            p.Launch(_updateTable, parameter.Rows, 1, parameter.Values, parameter.Gradient, parameter.Moment(0), parameter.Moment(1), _slots[index], parameter.Columns, rule, Outcome);
        }

        p.Launch(_markRows, CudaProgram.Blocks(parameter.GradientRows), 1, _slots[index], tokens, count, 0);
    }

    private void Write(Span<float> rule, double rate, double decay)
    {
        rule.Clear();
        if (Optimizer is Sgd sgd)
        {
            rule[0] = (float)rate;
            rule[1] = (float)decay;
            rule[2] = (float)sgd.Momentum;
            rule[3] = sgd.Nesterov ? 1 : 0;
        }
        else if (Optimizer is Adam adam)
        {
            AdamRule numbers = adam.Rule(new UpdateStep(rate, 1, decay, Updates + 1));
            rule[0] = numbers.StepSize;
            rule[1] = numbers.Decay;
            rule[2] = numbers.Keep;
            rule[3] = numbers.Beta1;
            rule[4] = numbers.Beta2;
            rule[5] = numbers.RootScale;
            rule[6] = numbers.Epsilon;
        }
    }
}
