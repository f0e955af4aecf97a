using System;
using TorchSharp.Doubles;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => new(Operations.Add(left.Data, right.Data));

        public static Tensor operator *(Tensor left, Tensor right) => new(Operations.Multiply(left.Data, right.Data));

        public static Tensor operator *(Tensor left, double right) => new(Operations.Scale(left.Data, right));

#nullable disable // as the files of TorchSharp that declare these two
        public Tensor mm(Tensor target) => new(Operations.Product(Data, target.Data));

        public Tensor tanh() => new(Operations.Tanh(Data));
#nullable restore

        public Tensor t() => new(Operations.Transpose(Data));

        public Tensor narrow(long dim, long start, long length) => new(Operations.Narrow(Data, dim, start, length));

        public Tensor select(long dim, long index) => new(Operations.Select(Data, dim, index));

        public Tensor unsqueeze(long dim) => new(Operations.Unsqueeze(Data, dim));

        public Tensor index_select(long dim, Tensor index) => new(Operations.IndexSelect(Data, dim, index.Data));

        public Tensor gather(long dim, Tensor index) => new(Operations.Gather(Data, dim, index.Data));

        public Tensor sigmoid() => new(Operations.Sigmoid(Data));

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => new(Operations.LogSoftmax(Operations.Convert(Data, dtype ?? Data.Type), dim));

        public Tensor sum(ScalarType? type = null) => new(Operations.Sum(Operations.Convert(Data, type ?? Data.Type)));

        public Tensor detach() => new(Data.Detached());

        public Tensor contiguous() => new(Operations.Contiguous(Data));

        public Tensor cpu() => new(Doubles.Device.Download(Data));

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            Tensor result = new(Operations.Convert(Data, type, copy));
            if (disposeAfter)
            {
                Dispose();
            }

            return result;
        }

        public Tensor sub_(Tensor target)
        {
            Operations.SubtractInPlace(Data, target.Data);
            return this;
        }
    }
}
