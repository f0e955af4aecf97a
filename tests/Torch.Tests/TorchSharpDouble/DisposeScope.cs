using System;
using System.Collections.Generic;

namespace TorchSharp;

/// <summary>Test double of TorchSharp's scope: disposes the tensors that its thread made while it was the innermost one.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? current;

    private readonly DisposeScope? _outer;
    private readonly HashSet<torch.Tensor> _tensors = new(ReferenceEqualityComparer.Instance);

    internal DisposeScope()
    {
        _outer = current;
        current = this;
    }

    internal static DisposeScope? Current => current;

    public void Dispose()
    {
        foreach (torch.Tensor tensor in new List<torch.Tensor>(_tensors))
        {
            tensor.Dispose();
        }

        _tensors.Clear();
        current = _outer;
    }

    internal void Add(torch.Tensor tensor) => _tensors.Add(tensor);

    internal void Remove(torch.Tensor tensor) => _tensors.Remove(tensor);
}
