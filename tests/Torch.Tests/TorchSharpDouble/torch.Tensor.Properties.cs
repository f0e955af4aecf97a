using System;
using TorchSharp.Doubles;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long[] shape => (long[])Data.Shape.Clone();

        public ScalarType dtype => Data.Type;

        public torch.Device device => Data.Storage.DeviceType == DeviceType.CPU ? new torch.Device(DeviceType.CPU) : new torch.Device(DeviceType.CUDA, Data.Storage.DeviceIndex);

        public DeviceType device_type => Data.Storage.DeviceType;

        public bool requires_grad
        {
            get => Data.RequiresGradient;
            set => Data.RequiresGradient = value;
        }

        public Tensor? grad
        {
            get => Data.Gradient is TensorData gradient ? new Tensor(gradient) : null;
            set => Data.Gradient = value?.Data;
        }

        public unsafe Span<byte> bytes
        {
            get
            {
                TensorData data = Data;
                if (!data.IsContiguous)
                {
                    throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
                }

                if (data.Storage.DeviceType != DeviceType.CPU)
                {
                    throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                }

                return new Span<byte>((void*)data.Address, checked((int)(data.Count * data.Storage.ElementSize)));
            }

            set
            {
                Span<byte> own = bytes;
                if (own.Length != value.Length)
                {
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                }

                value.CopyTo(own);
            }
        }

        public bool is_contiguous() => Data.IsContiguous;

        public T item<T>()
            where T : unmanaged
        {
            TensorData data = Data;
            if (data.Count != 1)
            {
                throw new ArgumentException("Number of elements in the tensor must be 1");
            }

            if (typeof(T) != Storage.ClrType(data.Type))
            {
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {data.Type}");
            }

            TensorData home = Operations.Contiguous(Doubles.Device.Download(data));
            T value;
            unsafe
            {
                value = *(T*)home.Address;
            }

            GC.KeepAlive(home);
            return value;
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public void backward() => Gradients.Backward(Data);
    }
}
