using System;

namespace SdCompiler.Runtime;

/// <content>The LSTM cell, F2 to F4 and B1 to B2.</content>
internal unsafe partial class ReferenceKernels
{
    /// <inheritdoc/>
    internal override void CellForward(float* gates, int gatesStride, float* cPrev, float* cNext, int cStride, float* h, int hStride, int units, int rows)
    {
        for (int b = 0; b < rows; b++)
        {
            float* a = gates + ((long)b * gatesStride);
            for (int u = 0; u < PanelUnits; u++)
            {
                float i = FastMath.Sigmoid(a[u]);
                float f = FastMath.Sigmoid(a[PanelUnits + u]);
                float g = FastMath.Tanh(a[(2 * PanelUnits) + u]);
                float o = FastMath.Sigmoid(a[(3 * PanelUnits) + u]);
                float c = MathF.FusedMultiplyAdd(f, cPrev[((long)b * cStride) + u], i * g);
                cNext[((long)b * cStride) + u] = c;
                a[u] = i;
                a[PanelUnits + u] = f;
                a[(2 * PanelUnits) + u] = g;
                a[(3 * PanelUnits) + u] = o;
                if (u < units)
                {
                    h[((long)u * hStride) + b] = o * FastMath.Tanh(c);
                }
            }
        }
    }

    /// <inheritdoc/>
    internal override void CellBackward(float* gates, int gatesStride, float* cPrev, float* cNext, float* dc, int cStride, float* dhAbove, float* dhRecurrent, int hStride, int units, int rows, int recurrentRows)
    {
        for (int b = 0; b < rows; b++)
        {
            float* a = gates + ((long)b * gatesStride);
            long cRow = (long)b * cStride;
            for (int u = 0; u < PanelUnits; u++)
            {
                float i = a[u], f = a[PanelUnits + u], g = a[(2 * PanelUnits) + u], o = a[(3 * PanelUnits) + u];
                float tanh = FastMath.Tanh(cNext[cRow + u]);
                float dh = 0;
                if (u < units)
                {
                    dh = dhAbove[((long)u * hStride) + b] + (b < recurrentRows ? dhRecurrent[((long)u * hStride) + b] : 0);
                }

                float dCell = MathF.FusedMultiplyAdd(dh * o, 1 - (tanh * tanh), b < recurrentRows ? dc[cRow + u] : 0);
                a[u] = dCell * g * (i * (1 - i));
                a[PanelUnits + u] = dCell * cPrev[cRow + u] * (f * (1 - f));
                a[(2 * PanelUnits) + u] = dCell * i * (1 - (g * g));
                a[(3 * PanelUnits) + u] = dh * tanh * (o * (1 - o));
                dc[cRow + u] = dCell * f;
            }
        }
    }
}
