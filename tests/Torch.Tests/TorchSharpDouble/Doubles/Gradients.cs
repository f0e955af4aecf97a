using System;
using System.Collections.Generic;

namespace TorchSharp.Doubles;

/// <summary>Reverse-mode differentiation: from the result back through every operation, once each.</summary>
internal static class Gradients
{
    /// <summary>A result with its past, where one of the inputs wants a gradient.</summary>
    public static TensorData Record(TensorData result, TensorData[] inputs, Func<TensorData, TensorData?[]> backward)
    {
        if (!NoGrad.IsOn && Array.Exists(inputs, input => input.RequiresGradient))
        {
            result.RequiresGradient = true;
            result.Origin = new Node(inputs, backward);
        }

        return result;
    }

    public static void Backward(TensorData loss)
    {
        if (loss.Count != 1 || !loss.RequiresGradient)
        {
            throw new InvalidOperationException("grad can be implicitly created only for scalar outputs that require grad");
        }

        Dictionary<TensorData, TensorData> gradients = new(ReferenceEqualityComparer.Instance) { [loss] = new TensorData(loss.Type, loss.Shape) { [0] = 1 } };
        using NoGrad quiet = new();
        foreach (TensorData tensor in LastFirst(loss))
        {
            if (!gradients.Remove(tensor, out TensorData? gradient))
            {
                continue;
            }

            if (tensor.Origin is not Node origin)
            {
                tensor.Gradient = tensor.Gradient is TensorData earlier ? Operations.Add(earlier, gradient) : Operations.Convert(gradient, gradient.Type, copy: true);
                continue;
            }

            TensorData?[] parts = origin.Backward(gradient);
            for (int i = 0; i < parts.Length; i++)
            {
                if (parts[i] is TensorData part && origin.Inputs[i].RequiresGradient)
                {
                    gradients[origin.Inputs[i]] = gradients.TryGetValue(origin.Inputs[i], out TensorData? sum) ? Operations.Add(sum, part) : part;
                }
            }
        }
    }

    /// <summary>Every tensor behind the loss, each before what it was computed from.</summary>
    private static List<TensorData> LastFirst(TensorData loss)
    {
        List<TensorData> order = [];
        HashSet<TensorData> seen = new(ReferenceEqualityComparer.Instance);
        Stack<(TensorData Tensor, bool Done)> work = new([(loss, false)]);
        while (work.TryPop(out (TensorData Tensor, bool Done) next))
        {
            if (next.Done)
            {
                order.Add(next.Tensor);
            }
            else if (next.Tensor.RequiresGradient && seen.Add(next.Tensor))
            {
                work.Push((next.Tensor, true));
                foreach (TensorData input in next.Tensor.Origin?.Inputs ?? [])
                {
                    work.Push((input, false));
                }
            }
        }

        order.Reverse();
        return order;
    }
}
