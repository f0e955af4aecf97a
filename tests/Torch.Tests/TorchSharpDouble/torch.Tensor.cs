using System;
using TorchSharp.Doubles;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Test double: a reference to a tensor, as TorchSharp's is to an <c>at::Tensor</c>. The finalizer lets go of it, so that a lifetime error shows.</summary>
    public partial class Tensor : IDisposable
    {
        private nint _handle;
        private readonly DisposeScope? _scope;
        private bool _scoped;

        internal Tensor(TensorData data)
            : this(Handles.Add(data))
        {
        }

        private Tensor(nint handle)
        {
            _handle = handle;
            _scope = DisposeScope.Current;
            _scoped = _scope is not null;
            _scope?.Add(this);
        }

        ~Tensor() => Dispose(false);

        public IntPtr Handle => _handle != 0 ? _handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public bool IsInvalid => _handle == 0;

        internal TensorData Data => Handles.Find(Handle);

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public Tensor DetachFromDisposeScope()
        {
            if (_scoped)
            {
                _scope!.Remove(this);
                _scoped = false;
            }

            return this;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (_handle == 0)
            {
                return;
            }

            if (disposing)
            {
                DetachFromDisposeScope();
            }

            Handles.Remove(_handle);
            _handle = 0;
        }
    }
}
