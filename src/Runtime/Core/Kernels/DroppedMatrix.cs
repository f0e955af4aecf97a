using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SdCompiler.Runtime;

/// <summary>
/// Recurrent weights of which dropout takes single ones (DropConnect; Merity et al. 2017, arXiv:1708.02182): the copy that a window trains with. It is the same for every sample and step,
/// so the products read it as they read any matrix, in both of its layouts.
/// </summary>
/// <remarks>For emitted code. The copy lives as long as the trainer: twice the matrix, for its panels and its plain rows.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class DroppedMatrix
{
    // The masks of four floats, by four bits.
    private static readonly uint[] s_masks = MakeMasks();

    private readonly MatrixParameter _weights;
    private readonly MatrixParameter _dropped;

    /// <summary>Makes room for the copy.</summary>
    /// <param name="weights">The matrix that training changes.</param>
    public DroppedMatrix(MatrixParameter weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = weights;
        _dropped = new MatrixParameter(weights.Name + ".dropped", weights.Rows, weights.Columns, weights.Order);
        _dropped.EnsureRows();
    }

    /// <summary>What products read: the dropped copy while training, the matrix itself otherwise.</summary>
    /// <param name="w">The window.</param>
    public MatrixParameter Of(Window w)
    {
        ArgumentNullException.ThrowIfNull(w);
        return w.Training ? _dropped : _weights;
    }

    /// <summary>D1: Wd = W * mask * scale. Does nothing without training. Panels are split over lanes as in the products that read them, so that the forward chain needs no barrier.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="site">The weight site's number.</param>
    public void Apply(Lane lane, Window w, int site)
    {
        if (!w.Training)
        {
            return;
        }

        float scale = w.Masks.Sites[site].Scale;
        uint* bits = w.Masks.WeightBits(site);
        float* rows = _dropped.RowsPointer();
        Share panels = lane.Share(_weights.Panels);
        for (int panel = panels.Start; panel < panels.End; panel++)
        {
            Mask(
                _weights.Panel(panel), bits + ((long)panel * _weights.Rows), scale, _weights.Rows,
                _dropped.Panel(panel), rows + (panel * KernelSet.PanelColumns), _weights.PaddedColumns);
        }
    }

    /// <summary>D2: dW = dWd * mask * scale, in place, with the sums of squares that clipping needs. For the lane that owns the panels, after it has computed their gradient.</summary>
    /// <param name="lane">The caller.</param>
    /// <param name="w">The window.</param>
    /// <param name="dW">The gradient by the dropped weights, that by the weights afterwards.</param>
    /// <param name="site">The weight site's number.</param>
    public void MaskGradient(Lane lane, Window w, MatrixGradient dW, int site)
    {
        float scale = w.Masks.Sites[site].Scale;
        uint* bits = w.Masks.WeightBits(site);
        Share panels = lane.Share(_weights.Panels);
        for (int panel = panels.Start; panel < panels.End; panel++)
        {
            float* gradient = dW.Panel(panel);
            Mask(gradient, bits + ((long)panel * _weights.Rows), scale, _weights.Rows, gradient, null, 0);
            dW.Norms[panel] = lane.Kernels.SumOfSquares(gradient, _weights.Rows * KernelSet.PanelColumns);
        }
    }

    // One product for each weight, rounded once: the same bits at every width, and memory is what takes the time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mask(float* from, uint* bits, float scale, int rows, float* to, float* copy, int copyStride)
    {
        Vector128<float> factor = Vector128.Create(scale);
        fixed (uint* masks = s_masks)
        {
            for (int row = 0; row < rows; row++)
            {
                uint word = bits[row];
                for (int c = 0; c < KernelSet.PanelColumns; c += 4)
                {
                    Vector128<float> kept = (Vector128.Load(from + c) * factor) & Vector128.Load(masks + (4 * ((word >> c) & 15))).AsSingle();
                    kept.Store(to + c);
                    if (copy != null)
                    {
                        kept.Store(copy + c);
                    }
                }

                from += KernelSet.PanelColumns;
                to += KernelSet.PanelColumns;
                copy = copy == null ? null : copy + copyStride;
            }
        }
    }

    private static uint[] MakeMasks()
    {
        var masks = new uint[4 * 16];
        for (int i = 0; i < masks.Length; i++)
        {
            masks[i] = ((i / 4) >> (i % 4) & 1) == 1 ? uint.MaxValue : 0;
        }

        return masks;
    }
}
