using System;
using SdCompiler.Runtime;
using SdCompiler.Runtime.Cuda;
using TorchSharp;

namespace SdCompiler.Torch;

/// <summary>One parameter of a CUDA trainer as torch sees it: a view of the trainer's own memory.</summary>
/// <remarks>
/// A table lies as in PyTorch, [tokens, width]. A matrix lies in rows [input unit][columns]: its columns are padded with zeros to a multiple of 32, and
/// those of an LSTM are interleaved by 8 units, gate g of unit u in column 32 (u/8) + 8 g + u%8. A bias is one such row. Use no view after the trainer is disposed.
/// </remarks>
public sealed class DeviceTensor : IDisposable
{
    private readonly long[]? _places;

    internal DeviceTensor(DeviceParameter parameter, int device)
    {
        Name = parameter.Parameter.Name;
        Raw = LibtorchAbi.View(parameter.Values, [parameter.Rows, parameter.Columns], device);
        _places = Places(parameter.Parameter);
        IsVector = parameter.Parameter is VectorParameter;
    }

    /// <summary>The parameter's name, as PyTorch spells it.</summary>
    public string Name { get; }

    /// <summary>The view: float32 [rows, padded columns] on the device, contiguous.</summary>
    public torch.Tensor Raw { get; }

    /// <summary>Whether <see cref="Raw"/> has PyTorch's layout: an embedding's table.</summary>
    public bool IsPlain => _places is null;

    private bool IsVector { get; }

    /// <summary>The parameter in PyTorch's shape and layout, gathered on the device by torch's current stream.</summary>
    /// <returns>A copy ([4H, I] of a matrix, seen through a transpose); for a table a second view of the same memory.</returns>
    public torch.Tensor Gather()
    {
        if (_places is null)
        {
            return Raw.narrow(0, 0, Raw.shape[0]);
        }

        using torch.Tensor index = torch.tensor(_places, [_places.LongLength], device: Raw.device);
        using torch.Tensor columns = Raw.index_select(1, index);
        return IsVector ? columns.select(0, 0) : columns.t();
    }

    /// <summary>Ends the view; the memory stays the trainer's.</summary>
    public void Dispose() => Raw.Dispose();

    /// <summary>The padded column of each logical one; null for a table.</summary>
    private static long[]? Places(Parameter parameter)
    {
        PanelLayout layout;
        switch (parameter)
        {
            case MatrixParameter matrix:
                layout = matrix.Layout;
                break;
            case VectorParameter vector:
                layout = vector.Layout;
                break;
            default:
                return null;
        }

        var places = new long[layout.Count];
        for (int column = 0; column < places.Length; column++)
        {
            places[column] = layout.Place(column);
        }

        return places;
    }
}
