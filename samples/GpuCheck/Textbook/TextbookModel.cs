using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.GpuCheck.Models;

namespace SdCompiler.Samples.GpuCheck.Textbook;

/// <summary>
/// An LSTM model in double precision, written as in a textbook, with dropout as an explicit multiplication: the measure of the GPU. It shares no code with
/// the runtime. Its layers are those that the names and shapes of the parameters tell; every linear layer but the last is followed by tanh.
/// </summary>
internal sealed class TextbookModel
{
    private readonly List<TextbookLayer> _layers = [];
    private readonly bool _hasClasses;

    /// <summary>The model that some parameters belong to.</summary>
    /// <param name="parameters">In the order of the layers.</param>
    public TextbookModel(ModelParameters parameters)
    {
        string last = Member(parameters.All[^1]);
        foreach (Parameter parameter in parameters.All)
        {
            (string member, string kind) = (Member(parameter), parameter.Name[(parameter.Name.IndexOf('.', StringComparison.Ordinal) + 1)..]);
            if (kind.StartsWith("weight_ih_l", StringComparison.Ordinal))
            {
                string index = kind["weight_ih_l".Length..];
                _layers.Add(new TextbookLstm($"{member}.{index}", (member, int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)), parameter.Shape[0] / 4));
            }
            else if (kind == "weight" && parameters.TryGet(member + ".bias", out _))
            {
                _layers.Add(new TextbookLinear(member, parameter.Shape[0], isTanh: member != last));
            }
            else if (kind == "weight")
            {
                _layers.Add(new TextbookEmbedding(member, parameter.Shape[1]));
                _hasClasses = true;
            }
        }
    }

    /// <summary>Runs a window.</summary>
    /// <param name="window">The data.</param>
    /// <param name="masks">The multipliers.</param>
    /// <param name="values">Every parameter.</param>
    /// <param name="state">The states before the window; an empty one means zeros. No gradient flows into it.</param>
    /// <param name="training">Whether gradients are wanted.</param>
    public TextbookResult Run(
        CheckWindow window, IMultipliers masks, IReadOnlyDictionary<string, double[]> values, IReadOnlyDictionary<string, double[][]> state, bool training = true)
    {
        TextbookPass pass = new(window, masks, values, state);
        double[][] x = Inputs(window);
        foreach (TextbookLayer layer in _layers)
        {
            x = layer is TextbookEmbedding ? x : pass.Masked(x, layer.Name, DropoutSites.Input);
            x = pass.Masked(layer.Forward(x, pass), layer.Name, DropoutSites.Output);
        }

        double[][] dy = pass.Zeros(x[0].Length);
        int correct = 0;
        double total = 0;
        for (int cell = 0; cell < x.Length; cell++)
        {
            if (pass.Runs(cell / window.Rows, cell % window.Rows))
            {
                total += _hasClasses ? CrossEntropy(x[cell], window.TargetTokens[cell], dy[cell], ref correct) : SquaredError(x[cell], window.TargetNumbers, cell, dy[cell]);
            }
        }

        if (training)
        {
            Backward([.. dy.Select(row => Array.ConvertAll(row, value => value / window.Rows))], pass);
        }

        return new TextbookResult(total, total / window.Rows, correct, pass.Gradients, pass.NextState);
    }

    private static string Member(Parameter parameter) => parameter.Name[..parameter.Name.IndexOf('.', StringComparison.Ordinal)];

    private static double[][] Inputs(CheckWindow window)
    {
        int cells = window.Steps * window.Rows, width = window.Numbers.Length / cells;
        return [.. Enumerable.Range(0, cells).Select(cell => Array.ConvertAll(window.Numbers[(cell * width)..((cell + 1) * width)], value => (double)value))];
    }

    private static double CrossEntropy(double[] y, int target, double[] dy, ref int correct)
    {
        double top = y.Max(), sum = y.Sum(value => Math.Exp(value - top));
        for (int j = 0; j < y.Length; j++)
        {
            dy[j] = (Math.Exp(y[j] - top) / sum) - (j == target ? 1 : 0);
        }

        correct += y[target] == top ? 1 : 0;
        return Math.Log(sum) + top - y[target];
    }

    private static double SquaredError(double[] y, float[] targets, int cell, double[] dy)
    {
        double sum = 0;
        for (int j = 0; j < y.Length; j++)
        {
            double error = y[j] - targets[(cell * y.Length) + j];
            sum += error * error;
            dy[j] = 2 * error / y.Length;
        }

        return sum / y.Length;
    }

    private void Backward(double[][] dy, TextbookPass pass)
    {
        foreach (TextbookLayer layer in Enumerable.Reverse(_layers))
        {
            dy = layer.Backward(pass.Masked(dy, layer.Name, DropoutSites.Output), pass);
            dy = dy.Length == 0 ? dy : pass.Masked(dy, layer.Name, DropoutSites.Input);
        }
    }
}
