using System;
using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>Parameters as tensors of a file, in PyTorch's layout.</summary>
internal static class ParameterTensors
{
    public static long[] Shape(Parameter parameter)
    {
        ReadOnlySpan<int> from = parameter.Shape;
        var shape = new long[from.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = from[i];
        }

        return shape;
    }

    public static TensorSource Source(Parameter parameter) => Source(parameter.Name, parameter);

    public static TensorSource Source(string name, Parameter parameter) => new(name, Shape(parameter), parameter.WriteTo);
}
